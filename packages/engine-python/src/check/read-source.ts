import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { PythonEndpoint } from '../python-endpoints.ts';

/** Something findings can point into. */
export interface Spanned {
  readonly text: string;
  spanOf(start: number, end: number): Span;
}

/** A Python file of the project, read when the first finding needs it. */
export function readSource(file: string, root: string, endpoints: readonly PythonEndpoint[]): Spanned {
  let opened: SourceFile | undefined;
  const open = (): SourceFile => {
    opened ??= new SourceFile(pathOf(file, root, endpoints), readFileSync(file, 'utf8'));
    return opened;
  };
  return {
    get text() {
      return open().text;
    },
    spanOf: (start, end) => ({ source: open(), start, end }),
  };
}

/** The path as the endpoint's own definition writes it, so that findings about one file come together. */
function pathOf(file: string, root: string, endpoints: readonly PythonEndpoint[]): string {
  for (const { source } of endpoints) {
    if ('file' in source && source.file.absolute === file) return source.file.relative;
  }
  return relative(root, file).split(sep).join('/');
}
