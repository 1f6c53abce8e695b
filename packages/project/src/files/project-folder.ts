import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from '@mxcp-ts/diagnostics';
import type { SourcePath } from '../definition.ts';
import { isOutside } from './file-reader.ts';
import { findStat } from './find-stat.ts';

export type Found =
  | { readonly ok: true; readonly path: SourcePath }
  | { readonly ok: false; readonly problem: 'missing' | 'outside' | 'folder'; readonly hint: string | undefined };

/** A folder whose files may name one another, but nothing outside of it. */
export interface ProjectFolder {
  readonly root: string;
  /**
   * @param written - relative to `from`; with a leading slash relative to the root
   * @param from - absolute path of the folder the path was written in
   */
  find(written: string, from: string): Found;
  /** As `find`, for a file whose content is not read here: nobody is told. */
  look(written: string, from: string): Found;
}

/** @param noteFile - hears of every file below the root that was looked for */
export function openProjectFolder(root: string, noteFile: (absolute: string) => void): ProjectFolder {
  const realRoot = existsSync(root) ? realpathSync(root) : root;
  const find = (written: string, from: string, note: (absolute: string) => void): Found => {
    const absolute = written.startsWith('/') ? join(root, written) : resolve(from, written);
    if (isOutside(relative(root, absolute))) return outside(written);
    note(absolute);
    const stat = findStat(absolute);
    if (stat === undefined) return { ok: false, problem: 'missing', hint: nearby(absolute) };
    if (stat.isDirectory()) return { ok: false, problem: 'folder', hint: undefined };
    if (isOutside(relative(realRoot, realpathSync(absolute)))) return outside(written);
    return { ok: true, path: { absolute, relative: relative(root, absolute).split(sep).join('/') } };
  };
  return {
    root,
    find: (written, from) => find(written, from, noteFile),
    look: (written, from) => find(written, from, () => undefined),
  };
}

function outside(written: string): Found {
  const hint = written.startsWith('~') ? undefined : 'Move the file into the project folder.';
  return { ok: false, problem: 'outside', hint };
}

function nearby(absolute: string): string | undefined {
  const folder = dirname(absolute);
  if (findStat(folder)?.isDirectory() !== true) return `There is no folder ${basename(folder)} there.`;
  return didYouMean(basename(absolute), readdirSync(folder));
}
