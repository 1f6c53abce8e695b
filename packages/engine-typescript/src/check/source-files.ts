import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { SourceFile } from '@mxcp-ts/diagnostics';

/** The author's code files, each read once. */
export class SourceFiles {
  readonly root: string;
  readonly #files = new Map<string, Promise<SourceFile | undefined>>();

  constructor(root: string) {
    this.root = root;
  }

  /** @param path - absolute, or relative to the project; undefined when it cannot be read */
  read(path: string): Promise<SourceFile | undefined> {
    const absolute = isAbsolute(path) ? path : join(this.root, path);
    const known = this.#files.get(absolute);
    if (known !== undefined) return known;
    const reading = readFile(absolute, 'utf8').then(
      text => new SourceFile(shownPath(this.root, absolute), text),
      () => undefined,
    );
    this.#files.set(absolute, reading);
    return reading;
  }
}

function shownPath(root: string, absolute: string): string {
  const path = relative(root, absolute);
  return path.startsWith('..') || isAbsolute(path) ? absolute : path.split(sep).join('/');
}

/** @param line - from 1; a line beyond the last gives the end of the text */
export function startOfLine({ text }: SourceFile, line: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  return start;
}
