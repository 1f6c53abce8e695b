import { lstatSync } from 'node:fs';

/** What lies at the path of a socket, without following a link; undefined when nothing does. */
export function findSocketFile(path: string): { readonly isSocket: boolean; readonly owner: number } | undefined {
  // `bigint` because of Node: after an ordinary stat of a socket `realpathSync`, and with it `import`, leaves symbolic
  // links unresolved until the next ordinary stat (it looks at the mode that the last one left behind).
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? undefined : { isSocket: found.isSocket(), owner: Number(found.uid) };
}
