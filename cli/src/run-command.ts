import { randomBytes } from 'node:crypto';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { CommandContext } from './command-context.ts';
import { note, printJson } from './output/print.ts';
import { systemErrorOf } from './system-error.ts';

type Modes = Pick<CommandContext, 'isJson' | 'isDebug'>;

/**
 * Runs a command to its exit code: 2 when it cannot continue (1 for a name that the project does not have), 70 when the mistake is ours. An error that is thrown where
 * no promise leads back to the command, in an event listener for instance, ends the process the same way.
 */
export async function runCommand(modes: Modes, command: () => Promise<number>): Promise<number> {
  const onDefect = (error: unknown) => process.exit(endOf(error, modes));
  process.on('uncaughtException', onDefect);
  try {
    return await command();
  } catch (error) {
    return endOf(error, modes);
  } finally {
    process.off('uncaughtException', onDefect);
  }
}

function endOf(error: unknown, modes: Modes): number {
  const known = error instanceof MxcpError ? error : systemErrorOf(error);
  return known === undefined ? endOfDefect(error, modes) : endOfError(known, modes);
}

function endOfError(error: MxcpError, { isJson, isDebug }: Modes): number {
  const { message, code, hint } = error;
  if (isJson) printJson({ status: 'error', error: message, code, ...(hint !== undefined && { hint }) });
  note(message);
  if (hint !== undefined) note(hint);
  if (isDebug && error.cause !== undefined) note(String(error.cause));
  // As when a call ends so: the project has no such thing, which is not a wrong usage.
  return code === 'not-found' ? 1 : 2;
}

function endOfDefect(error: unknown, { isJson, isDebug }: Modes): number {
  const incident = randomBytes(4).toString('hex');
  const text = `Internal error (incident ${incident}): ${error instanceof Error ? error.message : String(error)}`;
  if (isJson) printJson({ status: 'error', error: text, code: 'internal' });
  note(text);
  note(
    isDebug && error instanceof Error
      ? (error.stack ?? '')
      : 'This is a bug of mxcp-ts. Run again with --debug for details.',
  );
  return 70;
}
