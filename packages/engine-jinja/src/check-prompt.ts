import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { PromptDefinition, PromptMessage } from '@mxcp-ts/project';
import { inspectNames } from './template/inspect.ts';
import { parseTemplate } from './template/parse-template.ts';

/** Everything that is wrong with the messages of a prompt, each at its own place in the file. */
export function checkPrompt(prompt: PromptDefinition): readonly Diagnostic[] {
  if (prompt.messages.length === 0) {
    const span = prompt.locate.at('messages');
    return [diagnostic('prompt/no-messages', `The prompt "${prompt.name}" has no messages.`, span, 'Add one.')];
  }
  const parameters = prompt.parameters.map(({ name }) => name);
  return prompt.messages.flatMap(message => checkMessage(message, parameters));
}

function checkMessage({ content }: PromptMessage, parameters: readonly string[]): readonly Diagnostic[] {
  if (content.type !== 'text') return [];
  const { template } = content;
  const parsed = parseTemplate(template.text);
  if (!parsed.ok) {
    const { message, hint, start, end } = parsed.fault;
    return [diagnostic('prompt/syntax', message, template.spanOf(start, end), hint)];
  }
  return inspectNames(parsed.tree, parameters).map(({ code, message, hint, start, end }) =>
    diagnostic(code, message, template.spanOf(start, end), hint),
  );
}
