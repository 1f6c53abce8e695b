import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type Diagnostic, type DiagnosticCode, diagnostic, SourceFile } from '@mxcp-ts/diagnostics';

export type FileRead =
  | { readonly ok: true; readonly source: SourceFile }
  | { readonly ok: false; readonly source: SourceFile; readonly reason: string; readonly isMissing: boolean };

/** Reads text files of one project, each once, and knows which files its answers depend on. */
export class FileReader {
  readonly #root: string;
  readonly #prefix: string;
  readonly #files = new Map<string, FileRead>();
  readonly #lookedFor = new Set<string>();

  /** @param prefix - stands before the paths of files below `root`; for folders that are not the user's */
  constructor(root: string, prefix = '') {
    this.#root = root;
    this.#prefix = prefix;
  }

  /** @param absolute - the path of a UTF-8 file, or one of UTF-16 with a byte order mark */
  read(absolute: string): FileRead {
    const known = this.#files.get(absolute);
    if (known !== undefined) return known;
    const file = readText(absolute, this.pathOf(absolute));
    this.#files.set(absolute, file);
    this.noteFile(absolute);
    return file;
  }

  /** Remembers a file that someone else reads, or looked for in vain. */
  noteFile(absolute: string): void {
    this.#lookedFor.add(absolute);
  }

  /** Absolute paths of everything read or looked for so far, whether it exists or not. */
  get lookedFor(): readonly string[] {
    return [...this.#lookedFor];
  }

  /** As it is shown to people: relative to the root, with forward slashes; absolute when the file lies outside. */
  pathOf(absolute: string): string {
    const path = relative(this.#root, absolute);
    return isOutside(path) ? absolute : this.#prefix + path.split(sep).join('/');
  }
}

/** A finding at the first character of a file that could not be read. */
export function unreadable(
  file: FileRead & { ok: false },
  code: DiagnosticCode = 'project/unreadable-file',
): Diagnostic {
  return diagnostic(code, `The file ${file.reason}.`, { source: file.source, start: 0, end: 0 });
}

export function isOutside(relativePath: string): boolean {
  return (
    relativePath === '..' ||
    relativePath.startsWith(`..${sep}`) ||
    relativePath.startsWith(sep) ||
    /^[a-zA-Z]:/.test(relativePath)
  );
}

function readText(absolute: string, path: string): FileRead {
  try {
    const source = new SourceFile(path, decode(readFileSync(absolute)));
    return { ok: true, source };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      ok: false,
      source: new SourceFile(path, ''),
      reason: reasons[code] ?? `cannot be read (${code})`,
      isMissing: code === 'ENOENT' || code === 'ENOTDIR',
    };
  }
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'is a symbolic link that leads to itself',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not encoded in UTF-8',
};

function decode(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
