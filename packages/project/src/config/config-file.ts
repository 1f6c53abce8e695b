import { diagnostic, type ReportDiagnostic, type SourceFile } from '@mxcp-ts/diagnostics';
import type { JsonSchemaDocument } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import { type ReferenceContext, resolveReferences } from '../references/resolve-references.ts';
import { hasReference } from '../references/scan-references.ts';
import { checkShape } from '../shape/check-shape.ts';
import { type Path, readValue } from '../shape/read-value.ts';
import { shapeOf } from '../shape/shape.ts';
import { embeddedScalar } from '../yaml/embedded-scalar.ts';
import { locateFrom, placeAt } from '../yaml/locate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { entriesOf, type Place, scalarOf } from '../yaml/yaml-file.ts';
import { withoutPaths } from './without-paths.ts';

/** A site file or user config whose YAML could be read. */
export interface ConfigFile {
  readonly source: SourceFile;
  /** Undefined for an empty file. */
  readonly root: Place | undefined;
  readonly locate: Locate;
}

/** @returns undefined when nothing in the file can be used, which is then reported */
export function openConfigFile(source: SourceFile, folder: string, report: ReportDiagnostic): ConfigFile | undefined {
  const file = parseYaml(source, report, folder);
  if (file === undefined) return undefined;
  if (file.root === undefined) {
    const nowhere = { source, start: 0, end: 0 };
    return { source, root: undefined, locate: { at: () => nowhere, key: () => nowhere } };
  }
  const root: Place = { file, node: file.root };
  if (entriesOf(file, file.root) === undefined) {
    const [start] = file.root.range;
    report(diagnostic('project/not-a-mapping', 'The file must hold a mapping.', { source, start, end: start }));
    return undefined;
  }
  if (isLegacy(root, report)) return undefined;
  return { source, root, locate: locateFrom(() => root, { source, start: 0, end: 0 }) };
}

/** Old releases wrote the version as a text; their files have another layout altogether. */
function isLegacy(root: Place, report: ReportDiagnostic): boolean {
  const place = placeAt(root, ['mxcp']);
  const scalar = place === undefined ? undefined : scalarOf(place.file, place.node);
  if (scalar === undefined || typeof scalar.value !== 'string') return false;
  const message = `The version "${scalar.value}" belongs to an old format.`;
  const hint = 'Write `mxcp: 1` without quotes, and put tools, resources and prompts into folders of those names.';
  const [start, end] = scalar.range;
  report(diagnostic('project/legacy-version', message, { source: root.file.source, start, end }, hint));
  return true;
}

export interface ConfigReading {
  readonly schema: JsonSchemaDocument;
  readonly references: ReferenceContext;
  /** Whether references at a path are resolved; those of other profiles are not. */
  readonly isActive: (path: Path) => boolean;
  readonly report: ReportDiagnostic;
}

/**
 * Reads a config file as its schema wants it, references of the active parts resolved.
 *
 * @returns plain data that fits the schema: what is wrong is reported and left out
 */
export function readConfigFile({ root, locate }: ConfigFile, reading: ConfigReading): unknown {
  const { schema, report } = reading;
  const unresolved: Path[] = [];
  const resolved: Path[] = [];
  const resolve = (text: string, scalar: Parameters<typeof embeddedScalar>[1], place: Place, path: Path): unknown => {
    if (!hasReference(text)) return text;
    resolved.push(path);
    const result = reading.isActive(path)
      ? resolveReferences(embeddedScalar(place.file.source, scalar, text), reading.references)
      : undefined;
    if (result?.ok === true) return result.value;
    for (const finding of result?.findings ?? []) report(finding);
    unresolved.push(path);
    return text;
  };
  const value = root === undefined ? {} : readValue(root, shapeOf(schema), { report, resolve });
  const isUnder = (path: Path, parent: Path) => parent.every((segment, index) => path[index] === segment);
  const wrong = checkShape(value, {
    schema,
    locate,
    report,
    isSilent: path => unresolved.some(parent => isUnder(path, parent)),
    isSecret: path => resolved.some(parent => isUnder(path, parent)),
  });
  return withoutPaths(value, [...wrong, ...unresolved.filter(reading.isActive)]);
}
