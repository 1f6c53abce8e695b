import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';

/**
 * The file of `--output`, absolute; undefined when there is none.
 *
 * @throws MxcpError `usage` when it cannot be one: said before the call is made, which may change something
 */
export function outputFile(chosen: string | undefined, cwd: string): string | undefined {
  if (chosen === undefined) return undefined;
  const path = resolve(cwd, chosen);
  if (isFolder(path)) throw new MxcpError('usage', `The output ${chosen} is a folder.`, { hint: 'Name a file in it.' });
  if (!isFolder(dirname(path))) throw new MxcpError('usage', `The folder of the output ${chosen} does not exist.`);
  return path;
}

/** @throws MxcpError `unreadable` when the system refuses to write there */
export function writeOutput(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (cause) {
    throw new MxcpError('unreadable', `The output ${path} cannot be written.`, { cause });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
