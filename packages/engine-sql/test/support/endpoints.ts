import { formatLine, SourceFile, sortDiagnostics } from '@mxcp-ts/diagnostics';
import type {
  DatabaseConfig,
  ElicitDefinition,
  EndpointDefinition,
  PluginDefinition,
  Project,
  ToolDefinition,
} from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { createSqlEngine } from '../../src/index.ts';
import { databaseConfig, sqlFile, threadFile } from './fixtures.ts';

export interface ToolOptions {
  readonly parameters?: readonly (TypeDefinition & { readonly name: string })[];
  readonly returns?: TypeDefinition;
  readonly maxRows?: number;
  readonly pack?: string;
  readonly elicit?: ElicitDefinition;
  readonly inputSchema?: ToolDefinition['inputSchema'];
}

/** A tool whose SQL is the file `<name>.sql`; places in its YAML are told as `<name>.yml#/path`. */
export function sqlTool(name: string, sql: string, options: ToolOptions = {}): ToolDefinition {
  const at = (...path: readonly (string | number)[]) => {
    const source = new SourceFile(`${name}.yml#/${path.join('/')}`, '');
    return { source, start: 0, end: 0 };
  };
  return {
    kind: 'tool',
    id: `tool:${name}`,
    name,
    title: undefined,
    description: undefined,
    icons: [],
    meta: undefined,
    elicit: options.elicit,
    tags: [],
    parameters: options.parameters ?? [],
    returns: options.returns,
    timeoutMs: 30_000,
    hasPolicies: false,
    file: new SourceFile(`${name}.yml`, ''),
    locate: { at, key: at },
    annotations: undefined,
    inputSchema: options.inputSchema,
    task: undefined,
    source: { language: 'sql', sql: sqlFile(`${name}.sql`, sql) },
    maxRows: options.maxRows,
    pack: options.pack,
  };
}

/** What is asked of the user, as far as SQL is concerned. */
export function elicitOf(fields: ElicitDefinition['fields'], message = 'Go on?'): ElicitDefinition {
  return { key: 'input', message: sqlFile('message.txt', message), fields, schema: {} };
}

/** As much of a project as the SQL engine looks at. */
export function projectWith(
  root: string,
  database: Partial<DatabaseConfig> = {},
  plugins: readonly PluginDefinition[] = [],
): Project {
  const project: Pick<Project, 'root'> & {
    readonly config: Pick<Project['config'], 'database' | 'allowedSqlFunctions' | 'plugins'>;
  } = {
    root,
    config: { database: databaseConfig(database), allowedSqlFunctions: [], plugins },
  };
  return project as Project;
}

/** All findings about the tools, each as one line, in the order of a reader. */
export async function check(
  tools: readonly EndpointDefinition[],
  root: string,
  database: Partial<DatabaseConfig> = {},
  plugins: readonly PluginDefinition[] = [],
): Promise<string[]> {
  const found = await createSqlEngine({ threadFile }).check(tools, projectWith(root, database, plugins));
  return sortDiagnostics(found).map(finding => formatLine([finding]).trimEnd());
}

/** The findings about each tool on its own, of one check of all of them: for tables of small cases. */
export async function checkEach(
  tools: readonly ToolDefinition[],
  root: string,
  database: Partial<DatabaseConfig> = {},
): Promise<string[][]> {
  const lines = await check(tools, root, database);
  return tools.map(({ name }) => lines.filter(line => line.startsWith(`${name}.`)));
}
