import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { InferredReturn } from '@mxcp-ts/engine';
import type { Project } from '@mxcp-ts/project';
import { DatabaseThread } from '../database-thread.ts';
import type { SqlEndpoint } from '../sql-endpoint.ts';
import { type AskedCheck, askForCheck, askForReturns } from './ask-for-check.ts';

/**
 * Checks SQL in an in-memory database that has the project's tables: those of its file, read-only, and those that its
 * setup files define. Nothing of the project is executed, and the file stays as it is.
 */
export async function checkInScratch(
  endpoints: readonly SqlEndpoint[],
  project: Project,
  threadFile: URL,
): Promise<readonly Diagnostic[]> {
  const { extensions, settings, setup } = project.config.database;
  const configured = setup.length + extensions.length + Object.keys(settings).length;
  if (endpoints.length === 0 && configured === 0) return [];
  return await withThread(threadFile, thread => askForCheck(thread, inScratch(endpoints, project)));
}

/** As `askForReturns`, in the same kind of database. */
export async function inferInScratch(
  endpoints: readonly SqlEndpoint[],
  project: Project,
  threadFile: URL,
): Promise<readonly InferredReturn[]> {
  if (endpoints.length === 0) return [];
  return await withThread(threadFile, thread => askForReturns(thread, inScratch(endpoints, project)));
}

function inScratch(endpoints: readonly SqlEndpoint[], { root, config }: Project): AskedCheck {
  const { path, extensions, settings, setup, span } = config.database;
  return {
    endpoints,
    scratch: {
      databasePath: path === ':memory:' ? undefined : path,
      root,
      extensions: extensions.map(({ name }) => name),
      settings,
      hasPlugins: config.plugins.length > 0,
      setup,
    },
    databaseSpan: span,
  };
}

async function withThread<T>(threadFile: URL, use: (thread: DatabaseThread) => Promise<T>): Promise<T> {
  const thread = new DatabaseThread(threadFile);
  try {
    return await use(thread);
  } finally {
    await thread.end();
  }
}
