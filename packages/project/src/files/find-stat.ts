import { type Stats, statSync } from 'node:fs';

/** What is at a path; undefined when nothing is, or nothing that this process may see, or when it is no path at all. */
export function findStat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
