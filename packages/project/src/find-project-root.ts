import { dirname, join, resolve } from 'node:path';
import { findStat } from './files/find-stat.ts';

export const siteFileName = 'mxcp-site.yml';

/** The nearest folder, from `folder` upward, that holds `mxcp-site.yml`; undefined when there is none. */
export function findProjectRoot(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (findStat(join(at, siteFileName))?.isFile() === true) return at;
    if (dirname(at) === at) return undefined;
  }
}
