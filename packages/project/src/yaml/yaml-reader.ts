import { dirname } from 'node:path';
import type { ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { FileReader } from '../files/file-reader.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlFile } from './yaml-file.ts';

/** Reads YAML files of one project; while someone holds on to a parsed file it is not parsed again. */
export class YamlReader {
  readonly #files: FileReader;
  readonly #parsed = new Map<string, WeakRef<YamlFile>>();

  constructor(files: FileReader) {
    this.#files = files;
  }

  /** Findings are reported when a file is parsed; who reads it again may hear them again. */
  read(absolute: string, report: ReportDiagnostic): YamlFile | undefined {
    const known = this.#parsed.get(absolute)?.deref();
    if (known !== undefined) return known;
    const read = this.#files.read(absolute);
    const file = read.ok ? parseYaml(read.source, report, dirname(absolute)) : undefined;
    if (file !== undefined) this.#parsed.set(absolute, new WeakRef(file));
    return file;
  }
}
