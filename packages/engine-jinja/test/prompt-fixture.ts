import { type Diagnostic, SourceFile } from '@mxcp-ts/diagnostics';
import type { HandlerCall } from '@mxcp-ts/engine';
import type {
  ElicitDefinition,
  EmbeddedText,
  ParameterDefinition,
  PromptContent,
  PromptDefinition,
} from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';

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

/** `PromptContent` with plain texts. */
export type PlainContent =
  | Extract<PromptContent, { type: 'image' | 'audio' }>
  | {
      readonly type: 'resource';
      readonly uri: string;
      readonly mimeType: string | undefined;
      readonly text: string;
    }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly mimeType: string | undefined;
    };

/** A prompt of such messages; its templates stand one below the other in a made-up file. */
export function promptWith(contents: readonly PlainContent[], parameters: readonly string[]): PromptDefinition {
  const texts = contents.flatMap(content => {
    if (content.type === 'resource') return [content.uri, content.text];
    return content.type === 'resource_link' ? [content.uri] : [];
  });
  const file = new SourceFile('prompts/p.yml', texts.join('\n'));
  let line = 0;
  const embed = (text: string): EmbeddedText => {
    const offset = texts.slice(0, line).join('\n').length + (line === 0 ? 0 : 1);
    line += 1;
    return { text, spanOf: (start, end) => ({ source: file, start: offset + start, end: offset + end }) };
  };
  const messages = contents.map(content => ({ role: 'user' as const, content: embedIn(content, embed) }));
  return { ...promptOf([], parameters), messages };
}

function embedIn(content: PlainContent, embed: (text: string) => EmbeddedText): PromptContent {
  switch (content.type) {
    case 'image':
    case 'audio':
      return content;
    case 'resource':
      return { ...content, uri: embed(content.uri), text: embed(content.text) };
    case 'resource_link':
      return { ...content, uri: embed(content.uri) };
  }
}

/** A question of these fields, of which those without a default are required. */
export function elicitOf(message: string, fields: readonly ParameterDefinition[]): ElicitDefinition {
  const file = new SourceFile('tools/t.yml', message);
  return {
    key: 'input',
    message: { text: message, spanOf: (start, end) => ({ source: file, start, end }) },
    fields,
    schema: { type: 'object', properties: Object.fromEntries(fields.map(({ name }) => [name, {}])) },
  };
}

export function callOf(args: JsonObject, ask: HandlerCall['ask']): HandlerCall {
  return {
    id: 'c1',
    args,
    signal: new AbortController().signal,
    context: {
      transport: 'cli',
      requestId: undefined,
      headers: {},
      user: undefined,
      client: undefined,
      session: undefined,
    },
    client: { progress() {}, log() {} },
    ask,
  };
}

/** `line:column code "the text pointed at" message [hint]` */
export function describeFinding({ code, span, message, hint }: Diagnostic): string {
  if (span === undefined) return `${code} ${message}`;
  const { line, column } = span.source.positionAt(span.start);
  const text = span.source.text.slice(span.start, span.end);
  return `${line}:${column} ${code} <${text}> ${message}${hint === undefined ? '' : ` [${hint}]`}`;
}
