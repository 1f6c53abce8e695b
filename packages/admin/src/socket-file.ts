import { type BigIntStats, lstatSync } from 'node:fs';

/** What lies at the path of a socket, without following a link; undefined when nothing does, or nothing can be seen. */
export function findSocketFile(path: string): { readonly isSocket: boolean; readonly owner: number } | undefined {
  const found = findFile(path);
  return found === undefined ? undefined : { isSocket: found.isSocket(), owner: Number(found.uid) };
}

function findFile(path: string): BigIntStats | undefined {
  try {
    // `bigint` because of Node: after an ordinary stat of a socket `realpathSync`, and with it `import`, leaves symbolic
    // links unresolved until the next ordinary stat (it looks at the mode that the last one left behind).
    return lstatSync(path, { throwIfNoEntry: false, bigint: true });
  } catch {
    // A folder that is a file, or may not be entered: whoever listens or connects there is told by the system.
    return undefined;
  }
}
