import { diagnostic } from '@mxcp-ts/diagnostics';
import type { Prompt } from '@mxcp-ts/schemas';
import type { PromptDefinition } from '../definition.ts';
import { buildBase, checkName } from './build-base.ts';
import { refuseHeaders } from './check-headers.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { type CompletedDefinition, readCompletions } from './read-completions.ts';
import { readMessages } from './read-messages.ts';
import { readSource } from './read-source.ts';

export function buildPrompt(prompt: Prompt, at: EndpointPlace): CompletedDefinition<PromptDefinition> | undefined {
  checkName(prompt.name, at);
  const base = buildBase(prompt, { kind: 'prompt', name: prompt.name }, at);
  const source =
    prompt.source === undefined
      ? undefined
      : readSource(prompt.source, prompt.language, { ...at.context, locate: at.locate, place: at.place });
  const messages = readMessages(prompt.messages, at);
  const isComplete = checkOneOf(prompt, at) && (prompt.source === undefined || source !== undefined);
  if (base === undefined) return undefined;
  refuseHeaders(base.parameters, at);
  const { completions, definitions } = readCompletions(prompt.parameters, base, at);
  if (messages === undefined || !isComplete) return undefined;
  const definition: PromptDefinition = Object.freeze({
    ...base,
    kind: 'prompt',
    title: prompt.title,
    messages,
    source: Object.freeze(source),
    maxRows: prompt.max_rows,
    completions,
  });
  return { definition, completions: definitions };
}

/** Messages are written down, or come from a handler. */
function checkOneOf({ messages, source }: Prompt, { locate, context }: EndpointPlace): boolean {
  if ((messages === undefined) !== (source === undefined)) return true;
  const hint = 'Write `messages`, or a `source` that gives them.';
  const finding =
    source === undefined
      ? diagnostic('prompt/no-messages', 'The prompt has no messages.', locate.key(), hint)
      : diagnostic('prompt/two-sources', 'The prompt has both messages and a source.', locate.key('source'), hint);
  context.report(finding);
  return false;
}
