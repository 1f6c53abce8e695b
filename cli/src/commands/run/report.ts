import type { EndpointDefinition } from '@mxcp-ts/project';
import type { Outcome } from '@mxcp-ts/runtime';
import type { CommandContext } from '../../command-context.ts';
import { base64Size, renderBlock, renderMedium, renderSize } from '../../output/content-blocks.ts';
import { note, print, printJson } from '../../output/print.ts';
import { promptMessages, renderPrompt } from '../../output/prompt-messages.ts';
import { renderValue } from '../../output/render-value.ts';
import type { EndedCall } from './call.ts';
import { mediaOf, mimeTypeOf, standsForBytes } from './medium.ts';
import { writeOutput } from './output-file.ts';
import { reportFailure } from './report-failure.ts';
import type { UsedAnswers } from './used-answers.ts';

export interface ReportOptions {
  readonly definition: EndpointDefinition;
  /** Where the one medium of the result goes, absolute; undefined: nowhere. */
  readonly output: string | undefined;
  /** What became of the `--answer`s. */
  readonly answers: UsedAnswers;
}

/** Prints how a call ended, to the exit code. */
export function report(
  { outcome, failedReloads }: EndedCall,
  { definition, output, answers }: ReportOptions,
  { isJson }: CommandContext,
): number {
  if (outcome.kind !== 'ok') return reportFailure(outcome, { failedReloads, answers, isJson });
  const written = output === undefined ? undefined : write(outcome, definition, output);
  // An answer that nobody asked for may be one to a question that is asked sometimes.
  const failures = [...failedReloads, ...(written?.problem === undefined ? [] : [written.problem])];
  const [error] = failures;
  if (isJson) {
    const code = failedReloads.length > 0 ? 'reload-failed' : 'no-medium';
    const status = error === undefined ? { status: 'ok' } : { status: 'error', error, code };
    printJson({ ...status, ...resultOf(outcome, definition), ...(written?.problem === undefined && { output }) });
  } else {
    print(render(outcome, definition));
  }
  for (const text of [...failures, ...answers.unused, ...(written?.done === undefined ? [] : [written.done])])
    note(text);
  return error === undefined ? 0 : 1;
}

type Good = Extract<Outcome, { kind: 'ok' }>;

function write(outcome: Good, definition: EndpointDefinition, path: string): { problem?: string; done?: string } {
  const media = mediaOf(outcome, definition);
  const [medium] = media;
  if (medium === undefined) return { problem: 'The result holds no text, picture, sound or file to write.' };
  if (media.length > 1) return { problem: `The result holds ${media.length} media; --output writes one.` };
  writeOutput(path, medium.bytes);
  const size = renderSize(medium.bytes.length);
  return { done: `Written to ${path}: ${medium.mimeType === undefined ? size : `${medium.mimeType}, ${size}`}.` };
}

/** The result for programs: whole. Blocks that stand beside a value are `content`. */
function resultOf({ value, rich }: Good, { kind }: EndpointDefinition): object {
  if (kind === 'prompt') return { result: promptMessages(value) };
  const content = rich === undefined || rich.isWhole || rich.content.length === 0 ? undefined : rich.content;
  return {
    result: value,
    ...(content !== undefined && { content }),
    ...(rich?.meta !== undefined && { meta: rich.meta }),
  };
}

function render(outcome: Good, definition: EndpointDefinition): string {
  const { value, rich } = outcome;
  if (definition.kind === 'prompt') return renderPrompt(value);
  const blocks = (rich?.content ?? []).map(renderBlock);
  if (rich?.isWhole === true) return blocks.join('\n\n') || 'No content.';
  const own = standsForBytes(outcome, definition)
    ? renderMedium(mimeTypeOf(definition), base64Size(value))
    : renderValue(value);
  return [own, ...blocks].join('\n\n');
}
