import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { expect, test } from 'vitest';
import {
  execute,
  holdOpen,
  openTestDatabase,
  setupFile,
  type TestDatabaseOptions,
  temporaryFolder,
} from './support/fixtures.ts';

async function refusalOf(options: TestDatabaseOptions): Promise<Pick<MxcpError, 'code' | 'message' | 'hint'>> {
  const error = await openTestDatabase(options).catch((caught: unknown) => caught);
  if (!(error instanceof MxcpError)) throw new Error(`Expected an MxcpError, not ${String(error)}.`);
  return { code: error.code, message: error.message, hint: error.hint };
}

test('makes the folder of the database, and keeps what is written', async () => {
  const path = join(temporaryFolder(), 'deep/er/test.duckdb');
  const first = await openTestDatabase({ path });
  await execute(first, 'CREATE TABLE kept AS SELECT 1 AS a');
  await first.close({ deadlineMs: 100 });
  expect(existsSync(`${path}.wal`)).toBe(false);
  const second = await openTestDatabase({ path });
  expect(await execute(second, 'FROM kept')).toEqual([{ a: 1 }]);
  await second.close({ deadlineMs: 100 });
});

test('opens read-only: reads, refuses writes, and warns about setup files that cannot run', async () => {
  const path = join(temporaryFolder(), 'test.duckdb');
  const first = await openTestDatabase({ path });
  await execute(first, 'CREATE TABLE t AS SELECT 1 AS a');
  await first.close({ deadlineMs: 100 });
  const warnings: string[] = [];
  const setup = [setupFile('sql/a.sql', 'CREATE TABLE x (a INTEGER)')];
  const second = await openTestDatabase({ path, isReadOnly: true, setup, warnings });
  expect(await execute(second, 'FROM t')).toEqual([{ a: 1 }]);
  expect(await execute(second, 'INSERT INTO t VALUES (2)')).toMatch(/^Invalid Input: Cannot execute .* read-only/);
  expect(warnings).toEqual(['The setup file sql/a.sql has not run on this database, which is opened read-only.']);
  await second.close({ deadlineMs: 100 });
});

test('says that there is nothing to open read-only, and makes nothing', async () => {
  const path = join(temporaryFolder(), 'sub/none.duckdb');
  expect(await refusalOf({ path, isReadOnly: true })).toEqual({
    code: 'database-open',
    message: `There is no database "${path}" to open read-only.`,
    hint: 'Run the project once without read-only, or correct the path.',
  });
  expect(existsSync(join(path, '..'))).toBe(false);
});

test('says so when the file is no database', async () => {
  const path = join(temporaryFolder(), 'notes.txt');
  writeFileSync(path, 'hello '.repeat(1000));
  expect(await refusalOf({ path })).toMatchObject({
    code: 'database-open',
    message: expect.stringContaining('is not a valid DuckDB database file'),
  });
});

test('names the process that has the file locked, and what to do', async () => {
  const path = join(temporaryFolder(), 'locked.duckdb');
  const holder = await holdOpen(path);
  expect(await refusalOf({ path })).toEqual({
    code: 'database-locked',
    message: `The database "${path}" is in use by another process (PID ${holder.pid}).`,
    hint: 'DuckDB lets one process open a file. Use the server that is running on this project, or stop the other process.',
  });
  holder.kill();
});

test('applies settings to every connection and keeps UTC unless told otherwise', async () => {
  const settings = { default_null_order: "it's".slice(0, 0) || 'nulls_first', search_path: 'main', threads: 1 };
  const database = await openTestDatabase({ settings });
  const sql =
    "SELECT current_setting('TimeZone') AS tz, current_setting('threads') AS n, current_setting('default_null_order') AS o";
  const answers = await Promise.all([execute(database, sql), execute(database, sql), execute(database, sql)]);
  expect(answers).toEqual(Array.from({ length: 3 }, () => [{ tz: 'UTC', n: 1, o: 'NULLS_FIRST' }]));
  await database.close({ deadlineMs: 100 });
});

test.each([
  [{ nope: 1 }, 'DuckDB has no setting "nope".'],
  [{ threads: -1 }, 'DuckDB refuses the setting "threads". Syntax: Must have at least 1 thread!'],
])('refuses the settings %j by name', async (settings, message) => {
  expect(await refusalOf({ settings })).toMatchObject({ code: 'invalid-project', message });
});

test('names an extension that cannot be had', async () => {
  const extensions = [{ name: 'no_such_extension', repository: undefined }];
  // Nothing listens on port 9, so this does not depend on the network of the machine.
  const settings = { custom_extension_repository: 'http://127.0.0.1:9' };
  expect(await refusalOf({ extensions, settings })).toMatchObject({
    code: 'database-open',
    message: expect.stringMatching(
      /^The DuckDB extension "no_such_extension" is not installed and cannot be downloaded now\./,
    ),
  });
});

test('resolves relative paths in SQL against the project folder', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data/x.csv'), 'a,b\n1,2\n');
  const setup = [
    setupFile(
      'sql/a.sql',
      "CREATE TABLE t AS FROM 'data/x.csv'; CREATE TABLE c (a INTEGER, b INTEGER); COPY c FROM 'data/x.csv'",
    ),
  ];
  const database = await openTestDatabase({ root, setup });
  const rows = [{ a: 1, b: 2 }];
  for (const sql of ['FROM t', 'FROM c', "FROM read_csv('data/*.csv')"])
    expect(await execute(database, sql)).toEqual(rows);
  await database.close({ deadlineMs: 100 });
});

test('makes secrets DuckDB knows, skips the others, and never shows a value in a warning', async () => {
  const warnings: string[] = [];
  const database = await openTestDatabase({
    warnings,
    settings: { autoinstall_known_extensions: false },
    secrets: [
      { name: 'we\'ird "name"', type: 'http', parameters: { EXTRA_HTTP_HEADERS: { "X-It's": "quo'ted" } } },
      { name: 'code', type: 'custom', parameters: { key: 'hunter2' } },
      { name: 'empty', type: 'http', parameters: {} },
      { name: 'typo', type: 'http', parameters: { BEARER_TOKN: 'hunter2' } },
      { name: 'far', type: 'postgres', parameters: { HOST: 'hunter2', PORT: 5432 } },
    ],
  });
  expect(await execute(database, 'SELECT name, type FROM duckdb_secrets()')).toEqual([
    { name: 'we\'ird "name"', type: 'http' },
  ]);
  expect(warnings).toEqual([
    'The secret "typo" of type "http" was not made in DuckDB: DuckDB refuses the parameter "BEARER_TOKN". Code can still read it.',
    'The secret "far" of type "postgres" was not made in DuckDB: it needs the extension "postgres_scanner", which is not available.',
  ]);
  await database.close({ deadlineMs: 100 });
});

test('runs a setup file once, again when its content changes, and files in their order', async () => {
  const path = join(temporaryFolder(), 'test.duckdb');
  const log = 'CREATE TABLE IF NOT EXISTS runs (what VARCHAR);';
  const files = (second: string) => [
    setupFile('sql/1.sql', `${log} INSERT INTO runs VALUES ('one')`),
    setupFile('sql/2.sql', `INSERT INTO runs VALUES ('${second}')`),
  ];
  for (const second of ['two', 'two', 'changed']) {
    await (await openTestDatabase({ path, setup: files(second) })).close({ deadlineMs: 100 });
  }
  const database = await openTestDatabase({ path });
  expect(await execute(database, 'FROM runs')).toEqual([{ what: 'one' }, { what: 'two' }, { what: 'changed' }]);
  expect(await execute(database, 'SELECT path, hash FROM mxcp.setup_files ORDER BY path')).toEqual([
    { path: 'sql/1.sql', hash: files('changed')[0]?.hash },
    { path: 'sql/2.sql', hash: files('changed')[1]?.hash },
  ]);
  await database.close({ deadlineMs: 100 });
});

test('stops at a setup file that fails, with its place, and applies nothing of it', async () => {
  const path = join(temporaryFolder(), 'test.duckdb');
  const broken = setupFile('sql/b.sql', "CREATE TABLE half (a INTEGER);\n-- é\nSELECT 'é', nope\nFROM half;");
  const setup = [setupFile('sql/a.sql', 'CREATE TABLE whole (a INTEGER)'), broken];
  expect(await refusalOf({ path, setup })).toEqual({
    code: 'invalid-project',
    message:
      'sql/b.sql:3:13: The setup file sql/b.sql does not run. Binder: Referenced column "nope" not found in FROM clause!',
    hint: 'Correct the file; nothing of it was applied.',
  });
  const database = await openTestDatabase({ path });
  expect(await execute(database, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")).toEqual([
    { table_name: 'whole' },
  ]);
  await database.close({ deadlineMs: 100 });
});
