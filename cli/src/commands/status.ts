import type { AdminStatus } from '@mxcp-ts/admin';
import { loadFolder } from '@mxcp-ts/mxcp';
import type { CommandContext } from '../command-context.ts';
import { findServer } from '../find-server.ts';
import { reportNoServer } from '../no-server.ts';
import { count, print, printJson } from '../output/print.ts';
import { refuseProject } from '../refuse-project.ts';

export type StatusArgs = readonly [];

/** Tells how the running server of the project is: exit code 1 when there is none. */
export async function status(_args: StatusArgs, _options: object, context: CommandContext): Promise<number> {
  const { project, diagnostics } = await loadFolder(context);
  if (project === undefined)
    return refuseProject(diagnostics, { error: 'The project cannot be read, so its server cannot be found.' }, context);
  const server = await findServer(project);
  if (server === undefined) {
    reportNoServer(project, context);
    return 1;
  }
  if (context.isJson) printJson({ status: 'ok', result: server.status });
  else print(describe(server.status).join('\n'));
  return 0;
}

function describe(server: AdminStatus): readonly string[] {
  const { project, profile, mode, uptime, pid, version, ready, generation, active_calls, reload, problems } = server;
  const readOnly = mode === 'readonly' ? ', read-only' : '';
  const state = reload.in_progress ? 'reloading' : ready ? 'ready' : 'not ready';
  return [
    `Serving ${project} (profile ${profile}${readOnly}): ${state}, ${count(active_calls, 'call')} running, up ${uptime}`,
    `PID ${pid}, mxcp-ts ${version}, generation ${generation}, ${lastReload(reload)}`,
    `Admin socket: ${server.admin_socket.path}`,
    ...problems.map(problem => `Problem: ${problem}`),
  ];
}

function lastReload({ last_reload, last_reload_status, last_reload_error }: AdminStatus['reload']): string {
  if (last_reload === null) return 'not reloaded yet';
  if (last_reload_status !== 'error') return `last reload ${last_reload}`;
  return `last reload ${last_reload} failed: ${last_reload_error ?? 'the log says why'}`;
}
