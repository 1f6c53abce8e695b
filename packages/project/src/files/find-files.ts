import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Every YAML file below a folder, sorted by path. Dot files, dot folders and what editors leave behind are skipped;
 * symbolic links to files count, those to folders do not.
 *
 * @returns undefined when the folder does not exist
 */
export function findYamlFiles(folder: string): readonly string[] | undefined {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  return collect(folder, name => /\.ya?ml$/.test(name));
}

/** The files that a pattern with `*`, `?` and `**` names, relative to the folder and sorted by path. */
export function findMatching(folder: string, pattern: string): readonly string[] {
  const fixed = /^(?:[^*?/]+\/)*/.exec(pattern)?.[0] ?? '';
  const start = join(folder, fixed);
  if (statSync(start, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const expression = globExpression(pattern);
  return collect(start, () => true)
    .map(path => relative(folder, path).split(sep).join('/'))
    .filter(path => expression.test(path))
    .sort();
}

function collect(folder: string, isWanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !isLeftover(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name === '__pycache__' ? [] : collect(path, isWanted);
      if (!isWanted(entry.name)) return [];
      return entry.isFile() || (entry.isSymbolicLink() && !isFolder(path)) ? [path] : [];
    });
}

function isLeftover(name: string): boolean {
  return name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|[^*?]/g, part => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
