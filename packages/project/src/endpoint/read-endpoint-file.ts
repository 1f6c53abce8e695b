import { diagnostic, didYouMean, findNearest, type ReportDiagnostic, type Span } from '@mxcp-ts/diagnostics';
import { type JsonSchemaDocument, promptSchema, resourceSchema, toolSchema } from '@mxcp-ts/schemas';
import type { EndpointDefinition, EndpointKind, Locate } from '../definition.ts';
import { unreadable } from '../files/file-reader.ts';
import type { EndpointFileReport } from '../project.ts';
import { checkShape } from '../shape/check-shape.ts';
import { readValue } from '../shape/read-value.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { findText, locateFrom } from '../yaml/locate.ts';
import { type Entry, entriesOf, type Place, scalarOf, type YamlFile } from '../yaml/yaml-file.ts';
import { buildEndpoint } from './build-endpoint.ts';
import type { EndpointContext } from './endpoint-context.ts';

export interface EndpointFile {
  readonly report: EndpointFileReport;
  /** The endpoint and its completions; none for a disabled endpoint, and where too little could be read. */
  readonly definitions: readonly EndpointDefinition[];
}

/** How the three kinds are read; made once per load, since each holds a whole schema. */
export type EndpointFormats = Readonly<
  Record<EndpointKind, { readonly schema: JsonSchemaDocument; readonly shape: Shape }>
>;

export function createEndpointFormats(): EndpointFormats {
  return {
    tool: { schema: toolSchema, shape: shapeOf(toolSchema) },
    resource: { schema: resourceSchema, shape: shapeOf(resourceSchema) },
    prompt: { schema: promptSchema, shape: shapeOf(promptSchema) },
  };
}

/**
 * Reads one endpoint file and reports everything wrong with it.
 *
 * @param expected - the kinds whose folder the file lies in
 */
export function readEndpointFile(
  absolute: string,
  expected: ReadonlySet<EndpointKind>,
  formats: EndpointFormats,
  context: EndpointContext,
): EndpointFile {
  const read = context.files.read(absolute);
  const unknown: EndpointFileReport = { file: read.source, kind: 'unknown', name: 'unknown', enabled: true };
  if (!read.ok) {
    context.report(unreadable(read));
    return { report: unknown, definitions: [] };
  }
  const file = context.yaml.read(absolute, context.report);
  const found = file === undefined ? undefined : findKind(file, context.report);
  if (file === undefined || found === undefined) return { report: unknown, definitions: [] };
  const { kind, entry } = found;
  if (!expected.has(kind)) reportWrongKind(kind, entry, file, expected, context.report);
  const root = found.root;
  const value = readValue(root, formats[kind].shape, { report: context.report });
  const wrong = checkShape(value, {
    schema: formats[kind].schema,
    locate: locateFrom(() => root, undefined),
    report: context.report,
  });
  const report: EndpointFileReport = {
    file: file.source,
    kind,
    name: nameOf(root, kind),
    enabled: isEnabled(value, kind),
  };
  if (wrong.length > 0 || !report.enabled) return { report, definitions: [] };
  const place = found.place;
  const locate = locateOf(absolute, kind, spanOfKey(entry, file), context);
  const definitions = buildEndpoint(kind, value, { place, locate, context });
  return { report, definitions: expected.has(kind) ? definitions : [] };
}

interface FoundKind {
  readonly kind: EndpointKind;
  readonly entry: Entry;
  readonly root: Place;
  readonly place: Place;
}

const kinds: readonly EndpointKind[] = ['tool', 'resource', 'prompt'];

function findKind(file: YamlFile, report: ReportDiagnostic): FoundKind | undefined {
  const { source, root } = file;
  const start: Span = { source, start: 0, end: 0 };
  if (root === undefined) {
    report(diagnostic('yaml/empty', 'The file is empty.', start, 'Define a tool, a resource or a prompt in it.'));
    return undefined;
  }
  const entries = entriesOf(file, root);
  if (entries === undefined) {
    const [from] = root.range;
    report(diagnostic('project/not-a-mapping', 'The file must hold a mapping.', { source, start: from, end: from }));
    return undefined;
  }
  const written = entries.flatMap(entry => {
    const kind = kinds.find(name => name === entry.key);
    return kind === undefined || isNull(file, entry) ? [] : [{ kind, entry }];
  });
  const [first, second] = written;
  if (first !== undefined && second === undefined) {
    const { kind, entry } = first;
    return { kind, entry, root: { file, node: root }, place: { file, node: entry.node ?? entry.keyNode } };
  }
  if (second !== undefined) {
    const message = `The file defines a ${first?.kind} and a ${second.kind}.`;
    report(
      diagnostic('project/kind-count', message, spanOfKey(second.entry, file), 'Put each into a file of its own.'),
    );
  } else reportNoKind(entries, file, start, report);
  return undefined;
}

function reportNoKind(entries: readonly Entry[], file: YamlFile, start: Span, report: ReportDiagnostic): void {
  const typo = entries.find(({ key }) => !kinds.some(kind => kind === key) && findNearest(key, kinds) !== undefined);
  if (typo !== undefined) {
    const hint = didYouMean(typo.key, kinds);
    report(diagnostic('project/unknown-field', `"${typo.key}" is not a field here.`, spanOfKey(typo, file), hint));
    return;
  }
  const hint = 'Start with `tool:`, `resource:` or `prompt:`.';
  report(diagnostic('project/kind-count', 'The file defines no tool, resource or prompt.', start, hint));
}

function reportWrongKind(
  kind: EndpointKind,
  entry: Entry,
  file: YamlFile,
  expected: ReadonlySet<EndpointKind>,
  report: ReportDiagnostic,
): void {
  const here = [...expected].join(' or ');
  const message = `This file defines a ${kind}, but lies in the folder of ${here}s.`;
  report(diagnostic('project/wrong-kind', message, spanOfKey(entry, file), `Move it into the folder of ${kind}s.`));
}

/** Parsed files are large, so a definition keeps none: whoever asks for a place may have the file parsed again. */
function locateOf(absolute: string, kind: EndpointKind, key: Span, { yaml, types }: EndpointContext): Locate {
  const open = (): Place => {
    const file = yaml.read(absolute, () => undefined);
    const entry = file === undefined ? undefined : entriesOf(file, file.root)?.find(entry => entry.key === kind);
    if (file === undefined || entry === undefined) throw new Error(`${absolute} was read before and cannot be now`);
    return { file, node: entry.node ?? entry.keyNode };
  };
  return locateFrom(open, key, types.follow);
}

function isNull(file: YamlFile, { node }: Entry): boolean {
  return node === undefined || scalarOf(file, node)?.value === null;
}

function spanOfKey({ keyNode }: Entry, { source }: YamlFile): Span {
  const [start, end] = keyNode.range;
  return { source, start, end };
}

function nameOf(root: Place, kind: EndpointKind): string {
  return findText(root, [kind, kind === 'resource' ? 'uri' : 'name']) ?? 'unknown';
}

function isEnabled(value: unknown, kind: EndpointKind): boolean {
  const endpoint = isRecord(value) ? value[kind] : undefined;
  return !isRecord(endpoint) || endpoint['enabled'] !== false;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
