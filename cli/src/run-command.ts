import { randomBytes } from 'node:crypto';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { CommandContext } from './command-context.ts';
import { note, printJson } from './output/print.ts';

/** Runs a command to its exit code: 2 when it cannot continue, 70 when the mistake is ours. */
export async function runCommand(context: CommandContext, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    return error instanceof MxcpError ? endOfError(error, context) : endOfDefect(error, context);
  }
}

function endOfError(error: MxcpError, { isJson, isDebug }: CommandContext): number {
  const { message, code, hint } = error;
  if (isJson) printJson({ status: 'error', error: message, code, ...(hint !== undefined && { hint }) });
  note(message);
  if (hint !== undefined) note(hint);
  if (isDebug && error.cause !== undefined) note(String(error.cause));
  return 2;
}

function endOfDefect(error: unknown, { isJson, isDebug }: CommandContext): number {
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
