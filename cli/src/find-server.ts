import { type AdminClient, adminSocketPath, connectAdmin } from '@mxcp-ts/admin';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { Project } from '@mxcp-ts/project';

/** The running server of a project, if there is one: it has the database open, so everything must go through it. */
export function findServer(project: Project): Promise<AdminClient | undefined> {
  return connectAdmin(adminSocketPath(project.root, project.config.profile, process.env));
}

/**
 * The running server, for a command that wants the database open in a certain way.
 *
 * @param isReadOnly - `--readonly` (true), `--no-readonly` (false), or not given: then any server will do
 * @throws MxcpError `usage` when the server has the database open the other way
 */
export async function findServerInMode(
  project: Project,
  isReadOnly: boolean | undefined,
): Promise<AdminClient | undefined> {
  const server = await findServer(project);
  if (server === undefined || isReadOnly === undefined) return server;
  if ((server.status.mode === 'readonly') === isReadOnly) return server;
  const [option, mode] = isReadOnly ? ['--readonly', 'for writing'] : ['--no-readonly', 'read-only'];
  throw new MxcpError('usage', `The running server (PID ${server.status.pid}) has the database open ${mode}.`, {
    hint: `Leave out ${option}, or stop the server.`,
  });
}
