import { type AdminClient, adminSocketPath, connectAdmin } from '@mxcp-ts/admin';
import type { Project } from '@mxcp-ts/project';

/** The running server of a project, if there is one: it has the database open, so everything must go through it. */
export function findServer(project: Project): Promise<AdminClient | undefined> {
  return connectAdmin(adminSocketPath(project.root, project.config.profile, process.env));
}
