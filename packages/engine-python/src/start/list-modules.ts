import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { GuestModule } from '@mxcp-ts/guest';
import type { Project } from '@mxcp-ts/project';
import type { PythonEndpoint } from '../python-endpoints.ts';

/**
 * What the guest loads, in this order: every module of the project's Python folder (not `__init__.py`, not names with a
 * leading underscore), sorted by path; then endpoint files that lie elsewhere; then inline sources.
 */
export function listModules(project: Project, endpoints: readonly PythonEndpoint[]): readonly GuestModule[] {
  const { root, config } = project;
  const files = new Map(
    filesBelow(config.pythonFolder).map(file => [file, { file, path: relative(root, file).split(sep).join('/') }]),
  );
  const elsewhere = new Map<string, GuestModule>();
  const inline: GuestModule[] = [];
  for (const { definition, source } of endpoints) {
    if (!('file' in source)) {
      inline.push({ file: '', path: definition.file.path, code: source.code.text });
    } else if (!files.has(source.file.absolute)) {
      elsewhere.set(source.file.absolute, { file: source.file.absolute, path: source.file.relative });
    }
  }
  const byPath = (a: GuestModule, b: GuestModule) => (a.path < b.path ? -1 : 1);
  return [...[...files.values()].sort(byPath), ...[...elsewhere.values()].sort(byPath), ...inline];
}

function filesBelow(folder: string): readonly string[] {
  return entriesOf(folder).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSkipped(entry.name) ? [] : filesBelow(path);
    return entry.name.endsWith('.py') && !entry.name.startsWith('_') ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A project need not have such a folder.
    return [];
  }
}

/** Caches, environments and hidden folders hold no modules of the author. */
function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === '__pycache__' || name === 'node_modules' || name === 'site-packages';
}
