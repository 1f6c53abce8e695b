import { formatLine } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { expect } from 'vitest';
import { projectFolder } from '../project-folder.ts';

type Kind = 'tool' | 'resource' | 'prompt';

export interface LoadedOne<K extends Kind> {
  /** The definition of the endpoint, without its places. */
  readonly definition: Extract<EndpointDefinition, { kind: K }>;
  /** Every definition of the project. */
  readonly all: readonly EndpointDefinition[];
  readonly inputs: readonly string[];
  readonly root: string;
}

/** Loads a project of one endpoint, which must be without findings. */
export async function loadOne<K extends Kind>(
  kind: K,
  yaml: string,
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<LoadedOne<K>> {
  const folder = projectFolder({ [`${kind}s/one.yml`]: yaml, ...files });
  const { project, diagnostics, inputs } = await folder.load();
  expect(formatLine(diagnostics)).toBe('');
  const all = project?.endpoints ?? [];
  const definition = all.find((each): each is Extract<EndpointDefinition, { kind: K }> => each.kind === kind);
  if (definition === undefined) throw new Error(`There is no ${kind}.`);
  return { definition, all, inputs, root: folder.root };
}
