import { isDeepStrictEqual } from 'node:util';
import type { Project, ProjectConfig } from '@mxcp-ts/project';

/** Whether a change of the configuration takes effect only in a database that is opened anew. */
export function needsReopening(before: Project, after: Project): boolean {
  return !isDeepStrictEqual(factsOf(before.config), factsOf(after.config));
}

/** Whether something changed that is fixed for the life of the process. */
export function needsRestart({ config: before }: Project, { config: after }: Project): boolean {
  return !isDeepStrictEqual([before.transport, before.logging], [after.transport, after.logging]);
}

function factsOf({ database, secrets }: ProjectConfig) {
  const { path, isReadOnly, extensions, settings, setup } = database;
  return { path, isReadOnly, extensions, settings, secrets, setup: setup.map(({ path: file, hash }) => [file, hash]) };
}
