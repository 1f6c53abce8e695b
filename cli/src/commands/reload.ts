import type { ReloadResult } from '@mxcp-ts/admin';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { loadFolder } from '@mxcp-ts/mxcp';
import type { CommandContext } from '../command-context.ts';
import { findServer } from '../find-server.ts';
import { reportNoServer } from '../no-server.ts';
import { onInterrupt } from '../on-interrupt.ts';
import { note, print, printJson } from '../output/print.ts';
import { printDiagnostics } from '../output/print-diagnostics.ts';
import { refuseProject } from '../refuse-project.ts';
import { restoreDiagnostics } from '../restore-diagnostics.ts';

export type ReloadArgs = readonly [];

/** Asks the running server to read the project again, and waits: 1 when it serves on as before, 2 when none runs. */
export async function reload(_args: ReloadArgs, _options: object, context: CommandContext): Promise<number> {
  const { project, diagnostics, root } = await loadFolder(context);
  if (project === undefined)
    return refuseProject(diagnostics, { error: 'The project cannot be read, so its server cannot be found.' }, context);
  const server = await findServer(project);
  if (server === undefined) {
    reportNoServer(project, context);
    return 2;
  }
  const interrupt = onInterrupt();
  try {
    const answer = await server.call('POST /reload', { wait: true }, interrupt.signal);
    if (answer.status !== 'reload_finished')
      throw new MxcpError('unreadable', 'The running server did not wait for its reload.');
    return report(answer.result, root, context);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    note('The server goes on reloading; `mxcp-ts status` tells how it ended.');
    if (context.isJson) printJson({ status: 'error', error: 'Interrupted.', code: 'cancelled' });
    return 130;
  } finally {
    interrupt.stop();
  }
}

function report(result: ReloadResult, root: string, { isJson }: CommandContext): number {
  if (result.ok) {
    const { generation, changed } = result;
    const effect = changed ? 'What clients see has changed.' : 'Clients see nothing else than before.';
    if (isJson) printJson({ status: 'ok', result: { generation, changed } });
    else print(`Reloaded: generation ${generation}. ${effect}`);
    return 0;
  }
  const { message, diagnostics } = result;
  if (isJson) printJson({ status: 'error', error: message, code: 'reload-failed', diagnostics });
  printDiagnostics(restoreDiagnostics(root, diagnostics), process.stderr);
  note(message);
  return 1;
}
