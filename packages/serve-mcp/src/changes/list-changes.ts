import type { Change } from '@mxcp-ts/engine';
import type { Catalog } from '../catalog/catalog.ts';

/** Which lists have changed for clients. */
export interface ListChanges {
  readonly tools: boolean;
  /** Those without variables and those with: MCP has one notification for both. */
  readonly resources: boolean;
  readonly prompts: boolean;
}

/** Compares what clients see, so that a reload which changes only handlers bothers nobody. */
export function findListChanges(before: Catalog, after: Catalog): ListChanges {
  const differs = (...names: readonly (keyof Catalog['lists'])[]) =>
    names.some(name => JSON.stringify(before.lists[name]) !== JSON.stringify(after.lists[name]));
  return {
    tools: differs('tools'),
    resources: differs('resources', 'resourceTemplates'),
    prompts: differs('prompts'),
  };
}

/** What user code says has changed. */
export function listChangesOf({ kind }: Exclude<Change, { kind: 'resource' }>): ListChanges {
  return { tools: kind === 'tools', resources: kind === 'resources', prompts: kind === 'prompts' };
}
