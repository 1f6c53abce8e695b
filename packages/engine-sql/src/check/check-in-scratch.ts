import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Project } from '@mxcp-ts/project';
import { DatabaseThread } from '../database-thread.ts';
import type { SqlEndpoint } from '../sql-endpoint.ts';
import { askForCheck } from './ask-for-check.ts';

/**
 * Checks SQL in an in-memory database that has the project's tables: those of its file, read-only, and those that its
 * setup files define. Nothing of the project is executed, and the file stays as it is.
 */
export async function checkInScratch(
  endpoints: readonly SqlEndpoint[],
  project: Project,
  threadFile: URL,
): Promise<readonly Diagnostic[]> {
  const { path, extensions, settings, setup } = project.config.database;
  const configured = setup.length + extensions.length + Object.keys(settings).length;
  if (endpoints.length === 0 && configured === 0) return [];
  const thread = new DatabaseThread(threadFile);
  try {
    return await askForCheck(thread, {
      endpoints,
      scratch: {
        databasePath: path === ':memory:' ? undefined : path,
        root: project.root,
        extensions: extensions.map(({ name }) => name),
        settings,
        setup,
      },
      databaseSpan: project.config.database.span,
    });
  } finally {
    await thread.end();
  }
}
