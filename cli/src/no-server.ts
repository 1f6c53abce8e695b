import type { Project } from '@mxcp-ts/project';
import type { CommandContext } from './command-context.ts';
import { note, printJson } from './output/print.ts';

/** Says that no server runs on this project; the exit code is the command's. */
export function reportNoServer({ root, config }: Project, { isJson }: CommandContext): void {
  const error = `No server of the project in ${root} (profile ${config.profile}) is running.`;
  const hint = 'Start one with `mxcp-ts serve`.';
  if (isJson) printJson({ status: 'error', error, code: 'not-running', hint });
  note(error);
  note(hint);
}
