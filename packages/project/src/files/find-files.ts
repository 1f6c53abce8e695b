import { type Dirent, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { findStat } from './find-stat.ts';

/**
 * Every YAML file below a folder, sorted by path. Dot files, dot folders and what editors leave behind are skipped;
 * symbolic links to files count, those to folders do not.
 *
 * @returns nothing for a folder that does not exist
 */
export function findYamlFiles(folder: string, onUnreadable: OnUnreadable): readonly string[] {
  return collect(folder, name => /\.ya?ml$/.test(name), onUnreadable);
}

/** Hears of a folder that is there and cannot be listed. */
export type OnUnreadable = (folder: string) => void;

/** The files that a pattern with `*`, `?` and `**` names, relative to the folder and sorted by path. */
export function findMatching(folder: string, pattern: string): readonly string[] {
  const fixed = /^(?:[^*?/]+\/)*/.exec(pattern)?.[0] ?? '';
  const start = join(folder, fixed);
  const expression = globExpression(pattern);
  return collect(
    start,
    () => true,
    () => undefined,
  )
    .map(path => relative(folder, path).split(sep).join('/'))
    .filter(path => expression.test(path))
    .sort();
}

function collect(folder: string, isWanted: (name: string) => boolean, onUnreadable: OnUnreadable): string[] {
  return entriesIn(folder, onUnreadable)
    .filter(({ name }) => !name.startsWith('.') && !isLeftover(name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return foreign.has(entry.name) ? [] : collect(path, isWanted, onUnreadable);
      if (!isWanted(entry.name)) return [];
      return entry.isFile() || (entry.isSymbolicLink() && !isFolder(path)) ? [path] : [];
    })
    .sort();
}

/** Folders that other tools fill. */
const foreign: ReadonlySet<string> = new Set(['node_modules', '__pycache__']);

function entriesIn(folder: string, onUnreadable: OnUnreadable): readonly Dirent[] {
  if (!isFolder(folder)) return [];
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    onUnreadable(folder);
    return [];
  }
}

function isLeftover(name: string): boolean {
  return name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));
}

function isFolder(path: string): boolean {
  return findStat(path)?.isDirectory() === true;
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
