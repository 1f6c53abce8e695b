import { type Diagnostic, SourceFile } from '@mxcp-ts/diagnostics';
import type { PromptDefinition } from '@mxcp-ts/project';

/** A prompt whose messages stand one below the other in a made-up file, so that spans can be read off. */
export function promptOf(messages: readonly string[], parameters: readonly string[] = []): PromptDefinition {
  const file = new SourceFile('prompts/p.yml', messages.join('\n'));
  const nowhere = { source: file, start: 0, end: 0 };
  return {
    kind: 'prompt',
    id: 'prompt:p',
    name: 'p',
    title: undefined,
    description: undefined,
    icons: [],
    meta: undefined,
    elicit: undefined,
    source: undefined,
    maxRows: undefined,
    completions: {},
    tags: [],
    parameters: parameters.map(name => ({ name, type: 'string' })),
    returns: undefined,
    timeoutMs: 30_000,
    hasPolicies: false,
    file,
    locate: { at: () => nowhere, key: () => nowhere },
    messages: messages.map((text, index) => {
      const offset = messages.slice(0, index).join('\n').length + (index === 0 ? 0 : 1);
      return {
        role: index % 2 === 0 ? 'user' : 'assistant',
        content: {
          type: 'text',
          template: { text, spanOf: (start, end) => ({ source: file, start: offset + start, end: offset + end }) },
        },
      };
    }),
  };
}

/** `line:column code "the text pointed at" message [hint]` */
export function describeFinding({ code, span, message, hint }: Diagnostic): string {
  if (span === undefined) return `${code} ${message}`;
  const { line, column } = span.source.positionAt(span.start);
  const text = span.source.text.slice(span.start, span.end);
  return `${line}:${column} ${code} <${text}> ${message}${hint === undefined ? '' : ` [${hint}]`}`;
}
