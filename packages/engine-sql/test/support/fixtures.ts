import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceFile } from '@mxcp-ts/diagnostics';
import type { Database, ExecuteRequest, QueryDefinition, QueryOutcome } from '@mxcp-ts/engine';
import type { DatabaseConfig, EmbeddedText, SecretDefinition, SetupFile } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { afterAll } from 'vitest';
import { openDatabase } from '../../src/index.ts';

export const threadFile = new URL('../../../../cli/dist/database-thread.js', import.meta.url);

const siteFile = new SourceFile('mxcp-site.yml', '');

/** A folder that is removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-sql-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** SQL that is a whole file. */
export function sqlFile(path: string, text: string): EmbeddedText {
  const source = new SourceFile(path, text);
  return { text, spanOf: (start, end) => ({ source, start, end }) };
}

export function setupFile(path: string, text: string, hash = text): SetupFile {
  return { path, sql: sqlFile(path, text), hash };
}

export function databaseConfig(config: Partial<DatabaseConfig> = {}): DatabaseConfig {
  return {
    path: ':memory:',
    isReadOnly: false,
    extensions: [],
    settings: {},
    setup: [],
    span: { source: siteFile, start: 0, end: 0 },
    ...config,
  };
}

export interface TestDatabaseOptions extends Partial<DatabaseConfig> {
  readonly root?: string;
  readonly secrets?: readonly SecretDefinition[];
  readonly warnings?: string[];
  readonly connections?: number;
}

export function openTestDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const { root = tmpdir(), secrets = [], warnings = [], connections, ...config } = options;
  return openDatabase({
    threadFile,
    root,
    secrets,
    config: databaseConfig(config),
    log: (_level, message) => warnings.push(message),
    ...(connections !== undefined && { connections }),
  });
}

/** The rows of a statement, or its failure as `Class: first line`. */
export async function execute(
  database: Database,
  sql: string,
  parameters?: ExecuteRequest['parameters'],
): Promise<unknown> {
  const outcome = await database.execute({ sql, format: 'json', ...(parameters !== undefined && { parameters }) });
  return outcome.kind === 'rows'
    ? JSON.parse(outcome.json)
    : outcome.kind === 'failed'
      ? `${outcome.error.type}: ${outcome.error.message.split('\n')[0]}`
      : 'aborted';
}

/** Prepares a query of the plan and runs it once. */
export function runQuery(
  database: Database,
  query: Partial<QueryDefinition> & { readonly sql: string },
  args: JsonObject = {},
): Promise<QueryOutcome> {
  const definition = { id: 'tool:test', parameters: [], returns: undefined, maxRows: undefined, guard: undefined };
  return database.prepare({ ...definition, ...query }).run(args, { signal: new AbortController().signal });
}

/** Another process that has a database open, as a running server has. */
export async function holdOpen(path: string): Promise<ChildProcess> {
  const driver = createRequire(import.meta.url).resolve('@duckdb/node-api');
  const script = `require(${JSON.stringify(driver)}).DuckDBInstance.create(${JSON.stringify(path)}).then(open => {
    console.log('open');
    setInterval(() => open, 1000);
  })`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  afterAll(() => {
    holder.kill();
  });
  await new Promise(resolve => holder.stdout.once('data', resolve));
  return holder;
}
