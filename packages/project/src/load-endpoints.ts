import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diagnostic, type ReportDiagnostic, SourceFile } from '@mxcp-ts/diagnostics';
import type { SiteFile } from '@mxcp-ts/schemas';
import { createSchemaCheck, createTypeCheck } from '@mxcp-ts/values';
import type { EndpointDefinition, EndpointKind, ToolDefinition } from './definition.ts';
import type { EndpointContext } from './endpoint/endpoint-context.ts';
import {
  createEndpointFormats,
  type EndpointFile,
  type EndpointFormats,
  readEndpointFile,
} from './endpoint/read-endpoint-file.ts';
import { TypeResolver } from './endpoint/type-resolver.ts';
import { FileReader } from './files/file-reader.ts';
import { findYamlFiles, type OnUnreadable } from './files/find-files.ts';
import { openProjectFolder } from './files/project-folder.ts';
import type { EndpointFileReport, LoadOptions } from './project.ts';
import { expandHome } from './references/resolve-references.ts';
import { YamlReader } from './yaml/yaml-reader.ts';

export interface LoadedEndpoints {
  /** The project's own first, then those of tool packs; each kind sorted by path. */
  readonly endpoints: readonly EndpointDefinition[];
  readonly files: readonly EndpointFileReport[];
}

/** Reads every endpoint file of the project and of the tool packs it asks for. */
export async function loadEndpoints(
  site: Partial<SiteFile>,
  packs: readonly string[],
  files: FileReader,
  options: LoadOptions,
  report: ReportDiagnostic,
): Promise<LoadedEndpoints> {
  const formats = createEndpointFormats();
  const onUnreadable = (folder: string) => {
    const source = new SourceFile(files.pathOf(folder), '');
    report(diagnostic('project/unreadable-file', 'The folder may not be read.', { source, start: 0, end: 0 }));
  };
  const own = await readFiles(
    ownFiles(site, options, onUnreadable),
    formats,
    contextOf(options.root, files, undefined, report),
  );
  const read = [...own];
  for (const pack of packs) {
    const root = join(options.packsFolder, pack);
    const context = contextOf(root, new FileReader(root, `mxcp-ts:tools/${pack}/`), pack, report);
    const found = findYamlFiles(join(root, 'tools'), onUnreadable).map(
      file => [file, new Set<EndpointKind>(['tool'])] as const,
    );
    read.push(...(await readFiles(new Map(found), formats, context)));
  }
  const endpoints = read.flatMap(({ definitions }) => definitions.map(definition => withOverrides(definition, site)));
  return { endpoints: [...byKind(endpoints)], files: own.map(file => file.report) };
}

const kinds: readonly EndpointKind[] = ['tool', 'resource', 'prompt'];

/** Folders may be the same for several kinds; a file then may hold any of those. */
function ownFiles(
  { paths }: Partial<SiteFile>,
  { root, home }: LoadOptions,
  onUnreadable: OnUnreadable,
): Map<string, Set<EndpointKind>> {
  const found = new Map<string, Set<EndpointKind>>();
  for (const kind of kinds) {
    const folder = resolve(root, expandHome(paths?.[`${kind}s`] ?? `${kind}s`, home));
    for (const file of findYamlFiles(folder, onUnreadable)) {
      if (file === join(root, 'mxcp-site.yml')) continue;
      found.set(file, (found.get(file) ?? new Set<EndpointKind>()).add(kind));
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function contextOf(
  root: string,
  files: FileReader,
  pack: string | undefined,
  report: ReportDiagnostic,
): EndpointContext {
  const folder = openProjectFolder(root, path => files.noteFile(path));
  const yaml = new YamlReader(files);
  const types = new TypeResolver(folder, yaml, report);
  return { folder, files, yaml, types, checkType: createTypeCheck(), checkSchema: createSchemaCheck(), report, pack };
}

/** A server may be answering calls while its project is read again. */
const filesPerTurn = 20;

async function readFiles(
  files: ReadonlyMap<string, ReadonlySet<EndpointKind>>,
  formats: EndpointFormats,
  context: EndpointContext,
): Promise<EndpointFile[]> {
  const read: EndpointFile[] = [];
  for (const [file, expected] of files) {
    read.push(readEndpointFile(file, expected, formats, context));
    if (read.length % filesPerTurn === 0) await setImmediate();
  }
  return read;
}

function withOverrides(
  definition: EndpointDefinition,
  { sql_tools: overrides }: Partial<SiteFile>,
): EndpointDefinition {
  if (definition.kind !== 'tool' || definition.pack !== 'sql') return definition;
  const description = describedBy(definition, overrides);
  return description === undefined ? definition : Object.freeze({ ...definition, description });
}

function describedBy({ name }: ToolDefinition, overrides: SiteFile['sql_tools']): string | undefined {
  switch (name) {
    case 'execute_sql_query':
    case 'list_tables':
    case 'get_table_schema':
      return overrides?.[name]?.description;
    default:
      return undefined;
  }
}

function* byKind(endpoints: readonly EndpointDefinition[]): Iterable<EndpointDefinition> {
  const isOwn = (endpoint: EndpointDefinition) => endpoint.kind !== 'tool' || endpoint.pack === undefined;
  for (const kind of [...kinds, 'completion']) {
    yield* endpoints.filter(endpoint => endpoint.kind === kind && isOwn(endpoint));
  }
  yield* endpoints.filter(endpoint => !isOwn(endpoint));
}
