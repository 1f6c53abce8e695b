import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, checkEach, elicitOf, sqlTool } from '../support/endpoints.ts';
import { execute, holdOpen, openTestDatabase, setupFile, temporaryFolder } from '../support/fixtures.ts';

const setup = [
  setupFile(
    'sql/schema.sql',
    'CREATE TABLE flights (id INTEGER, region VARCHAR, delay DOUBLE, day DATE, tags VARCHAR[], ok BOOLEAN)',
  ),
];
const root = temporaryFolder();

const statements: [string, string[]][] = [
  ['SELECT * FROM flights WHERE delay > 1', []],
  [
    'SELECT regon FROM flights',
    ['t.sql:1:8 error plan/sql-unknown-column There is no column "regon". hint: Did you mean "region"?'],
  ],
  [
    "SELECT 'é', regon FROM flights",
    ['t.sql:1:13 error plan/sql-unknown-column There is no column "regon". hint: Did you mean "region"?'],
  ],
  [
    "SELECT '🦆',\n  flights.regon FROM flights",
    ['t.sql:2:11 error plan/sql-unknown-column There is no column "regon". hint: Did you mean "region"?'],
  ],
  [
    'INSERT INTO flights (id, dely) VALUES (1, 2)',
    ['t.sql:1:26 error plan/sql-unknown-column There is no column "dely". hint: Did you mean "delay"?'],
  ],
  [
    'UPDATE flights SET "Regon" = 1',
    ['t.sql:1:20 error plan/sql-unknown-column There is no column "Regon". hint: Did you mean "region"?'],
  ],
  ['SELECT 1;\n\n  SELEC 2', ['t.sql:3:3 error plan/sql-syntax Syntax error at or near "SELEC".']],
  ['SELECT a FROM', ['t.sql:1:14 error plan/sql-syntax Syntax error at end of input.']],
  ["SELECT 'open", ['t.sql:1:8 error plan/sql-syntax Unterminated quoted string at or near "\'open".']],
  [
    'SELECT regon; SELEC; SELECT nofunc(1)',
    [
      't.sql:1:8 error plan/sql-unknown-column There is no column "regon".',
      't.sql:1:15 error plan/sql-syntax Syntax error at or near "SELEC".',
      't.sql:1:29 error plan/sql-unknown-function There is no function "nofunc".',
    ],
  ],
  [
    'SELECT uper(region) FROM flights',
    ['t.sql:1:8 error plan/sql-unknown-function There is no function "uper". hint: Did you mean "upper"?'],
  ],
  [
    'SELECT * FROM flihts',
    ['t.sql:1:15 warning plan/sql-unknown-table Nothing defines a table "flihts". hint: Did you mean "flights"?'],
  ],
  [
    'SELECT * FROM nowhere',
    [
      't.sql:1:15 warning plan/sql-unknown-table Nothing defines a table "nowhere". hint: Make it in a setup file (duckdb.setup), so that it can be checked.',
    ],
  ],
  [
    'SELECT id + region FROM flights GROUP BY ALL',
    [expect.stringContaining('t.sql:1:11 error plan/sql-binding') as unknown as string],
  ],
  [
    'SELECT id, region FROM flights GROUP BY id',
    [
      't.sql:1:12 error plan/sql-binding Column "region" must appear in the GROUP BY clause or must be part of an aggregate function.',
    ],
  ],
  [
    "FROM 's3://bucket/x.parquet'",
    [
      't.sql:1:6 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
    ],
  ],
  [
    "FROM read_csv('https://example.com/x.csv')",
    [
      't.sql:1:15 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
    ],
  ],
  [
    "FROM 'data/none.csv'",
    [
      't.sql:1:1 warning plan/sql-not-checked The statement could not be checked: No files found that match the pattern "data/none.csv".',
    ],
  ],
  ['CREATE TEMP TABLE x AS SELECT id AS i FROM flights; SELECT i FROM x', []],
  [
    'CREATE TEMP TABLE x AS SELECT id AS i FROM flights; SELECT nope FROM x',
    ['t.sql:1:60 error plan/sql-unknown-column There is no column "nope".'],
  ],
  ['PIVOT flights ON region USING sum(delay)', []],
  [
    'PIVOT flights ON regon USING sum(delay)',
    ['t.sql:1:18 error plan/sql-unknown-column There is no column "regon". hint: Did you mean "region"?'],
  ],
  ["ATTACH 'other.db' AS other; SELECT x FROM other.t; DETACH other", []],
  ["ATTACH 'other.db' AS other; SELEC", ['t.sql:1:29 error plan/sql-syntax Syntax error at or near "SELEC".']],
  ['BEGIN; DELETE FROM flights; COMMIT', []],
  ['-- only a comment', []],
  [
    "FROM read_parquet($$s3://bucket/x.parquet$$); FROM read_csv($t$https://host/x.csv$t$); FROM E'gs://bucket/x.csv'",
    [
      't.sql:1:19 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
      't.sql:1:61 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
      't.sql:1:93 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
    ],
  ],
  ['SELECT $$its; $x$$', []],
];

test('finds in every statement what is wrong, at its place', async () => {
  const tools = statements.map(([sql], index) => sqlTool(`t${index}`, sql));
  const found = await checkEach(tools, root, { setup });
  expect(found.map((lines, index) => [statements[index]?.[0], named(lines)])).toEqual(statements);
});

const id = { name: 'id', type: 'integer' as const };

test('a parameter is used by the question to the user too; a schema may have properties that nobody uses', async () => {
  const asking = { parameters: [id], elicit: elicitOf([], 'Delete {{ id }}?') };
  const found = await checkEach(
    [
      sqlTool('a', 'SELECT 1', asking),
      sqlTool('b', 'SELECT 1', { ...asking, elicit: elicitOf([], 'Delete {{ idx }}?') }),
      sqlTool('c', 'SELECT 1', { parameters: [id], inputSchema: { type: 'object', properties: { id: {} } } }),
    ],
    root,
    { setup },
  );
  expect(found.map(lines => lines.length)).toEqual([0, 1, 0]);
});

test('holds SQL to the fields that are asked for too, and says what a completion is given', async () => {
  const fields = [
    { name: 'sure', type: 'boolean' },
    { name: 'why', type: 'string' },
  ] as const;
  const asking = sqlTool('a', 'SELECT $id, $sure, $b', { parameters: [id], elicit: elicitOf([...fields]) });
  const { annotations: _, inputSchema: _schema, task: _task, pack: _pack, ...tool } = sqlTool('c', 'SELECT $b');
  const completion = { ...tool, kind: 'completion' } as const;
  expect(await check([asking, completion], root, { setup })).toEqual([
    'a.sql:1:20 error plan/sql-undeclared-parameter The parameter "b" is not declared. hint: Declare it under parameters, or as a field of elicit.',
    'a.yml#/elicit/fields/1/name:1:1 error plan/sql-unused-parameter No statement uses the field "why". hint: Use it as $why, or remove it.',
    'c.sql:1:8 error plan/sql-undeclared-parameter The parameter "b" is not declared. hint: A completion is given `value` and the other parameters of the endpoint.',
  ]);
});

test('tables that change a resource are looked for', async () => {
  const { annotations: _, inputSchema: _schema, task: _task, pack: _pack, ...tool } = sqlTool('r', 'SELECT 1');
  const tables = ['flights', 'flihts', 'late', 'nowhere', 'made', 'remote'];
  const resource = {
    ...tool,
    kind: 'resource',
    label: undefined,
    mimeType: undefined,
    cache: undefined,
    template: undefined,
    completions: {},
    annotations: undefined,
    changes: [{ kind: 'every', ms: 1000 }, ...tables.map(table => ({ kind: 'table', table }) as const)],
  } as const;
  const more = setupFile(
    'sql/more.sql',
    "CREATE VIEW late AS FROM flights; CREATE TEMP TABLE made (n INTEGER); CREATE TABLE remote AS FROM 'https://x.test/a.csv'",
  );
  const found = await check([resource], root, { setup: [...setup, more] });
  expect(found.filter(line => line.startsWith('r.yml'))).toEqual([
    'r.yml#/changes/2/table:1:1 warning plan/sql-unknown-table Nothing defines a table "flihts". hint: Did you mean "flights"?',
    'r.yml#/changes/4/table:1:1 warning plan/sql-unknown-table Nothing defines a table "nowhere". hint: Make it in a setup file (duckdb.setup), so that it can be checked.',
  ]);
});

const parameterCases: [string, (typeof id)[], string[]][] = [
  ['SELECT * FROM flights WHERE id = $id', [id], []],
  ['SELECT * FROM flights WHERE id = $ID', [id], []],
  ['SELECT $id; SELECT 1', [id], []],
  [
    'SELECT * FROM flights WHERE id = $idd',
    [id],
    [
      't.sql:1:34 error plan/sql-undeclared-parameter The parameter "idd" is not declared. hint: Did you mean "id"?',
      't.yml#/parameters/0/name:1:1 error plan/sql-unused-parameter No statement uses the parameter "id". hint: Use it as $id, or remove it.',
    ],
  ],
  [
    'SELECT \'$x\', "$y", 1 -- $z\n FROM flights /* $a /* $b */ $c */ WHERE id = $id',
    [id],
    [expect.stringContaining('plan/sql-unknown-column There is no column "$y"') as unknown as string],
  ],
  [
    'SELECT * FROM flights WHERE id = ?',
    [],
    [
      't.sql:1:34 error plan/sql-undeclared-parameter Parameters are written by name; positions do not work here. hint: Write $name instead.',
    ],
  ],
  [
    'SELECT * FROM flights WHERE id = $1 AND region = $id',
    [id],
    [
      expect.stringContaining('Mixing named and positional parameters') as unknown as string,
      't.sql:1:34 error plan/sql-undeclared-parameter Parameters are written by name; positions do not work here. hint: Write $id instead.',
    ],
  ],
];

test('compares the parameters of statements with those declared', async () => {
  const tools = parameterCases.map(([sql, parameters], index) => sqlTool(`t${index}`, sql, { parameters }));
  const found = await checkEach(tools, root, { setup });
  expect(found.map((lines, index) => [...(parameterCases[index]?.slice(0, 2) ?? []), named(lines)])).toEqual(
    parameterCases,
  );
});

test('never executes a statement: tables, files and settings stay', async () => {
  const path = join(temporaryFolder(), 'kept.duckdb');
  const out = join(root, 'out.csv');
  const writer = await openTestDatabase({ path });
  await execute(writer, 'CREATE TABLE t AS SELECT 1 AS a; CREATE SEQUENCE s');
  await writer.close({ deadlineMs: 100 });
  const before = stateOf(path);
  const sqls = [
    'SELECT 1; DROP TABLE t',
    "SELECT nextval('s')",
    `COPY t TO '${out}'`,
    'DELETE FROM t; CHECKPOINT',
    'CREATE TABLE made AS FROM t',
  ];
  expect(
    await check(
      sqls.map((sql, index) => sqlTool(`t${index}`, sql)),
      root,
      { path },
    ),
  ).toEqual([]);
  expect(existsSync(out)).toBe(false);
  expect(stateOf(path)).toEqual(before);
});

test('leaves a database with a log that is not written back yet as it is, and sees what is in it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'logged.duckdb');
  const writer = await openTestDatabase({ path });
  await execute(writer, 'CREATE TABLE in_log AS SELECT 1 AS a');
  writeFileSync(join(folder, 'copy.duckdb'), readFileSync(path));
  writeFileSync(join(folder, 'copy.duckdb.wal'), readFileSync(`${path}.wal`));
  await writer.close({ deadlineMs: 100 });
  const copy = join(folder, 'copy.duckdb');
  const before = stateOf(copy);
  expect(await check([sqlTool('t', 'SELECT b FROM in_log')], root, { path: copy })).toEqual([
    't.sql:1:8 error plan/sql-unknown-column There is no column "b".',
  ]);
  expect(stateOf(copy)).toEqual(before);
});

test('makes no database when there is none', async () => {
  const folder = temporaryFolder();
  expect(await check([sqlTool('t', 'SELECT 1')], root, { path: join(folder, 'sub/none.duckdb') })).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('resolves tables of the file in every schema, also when setup files make more', async () => {
  const path = join(temporaryFolder(), 'my data.duckdb');
  const writer = await openTestDatabase({ path });
  await execute(
    writer,
    'CREATE TABLE mine (a INTEGER); CREATE SCHEMA s; CREATE TABLE s.u (b INTEGER); CREATE MACRO plus(x) AS x + 1',
  );
  await writer.close({ deadlineMs: 100 });
  const tools = [
    sqlTool('a', 'SELECT a, region FROM mine, flights'),
    sqlTool('b', 'INSERT INTO mine SELECT plus(b) FROM s.u'),
    sqlTool('c', 'SELECT b FROM "my data".s.u'),
    sqlTool('d', 'SELECT nope FROM s.u'),
  ];
  expect(await check(tools, root, { path, setup })).toEqual([
    'd.sql:1:8 error plan/sql-unknown-column There is no column "nope".',
  ]);
});

test('says that a database it cannot read was left out, and does not blame a query for what may be in there', async () => {
  const path = join(temporaryFolder(), 'text.duckdb');
  writeFileSync(path, 'no database');
  expect(await check([sqlTool('t', 'SELECT a FROM mine, plus(1)')], root, { path })).toEqual([
    expect.stringContaining(
      'mxcp-site.yml:1:1 warning plan/sql-not-checked The database cannot be read, so SQL was checked without its tables.',
    ),
    't.sql:1:15 warning plan/sql-unknown-table Nothing defines a table "mine". hint: Make it in a setup file (duckdb.setup), so that it can be checked.',
  ]);
});

test('says that a database was left out because another process has it open, and what to do', async () => {
  const path = join(temporaryFolder(), 'locked.duckdb');
  const holder = await holdOpen(path);
  expect(await check([sqlTool('t', 'SELECT plus(1)')], root, { path })).toEqual([
    'mxcp-site.yml:1:1 warning plan/sql-not-checked The database is in use by another process, so SQL was checked without its tables. hint: Validate through the server that is running on this project, or stop the other process.',
    't.sql:1:8 warning plan/sql-not-checked Scalar Function with name plus does not exist!',
  ]);
  holder.kill();
});

test('replays setup files as definitions: no data, no side effects, problems at their place', async () => {
  writeFileSync(join(root, 'x.csv'), 'a,b\n1,x\n');
  const out = join(root, 'setup-out.csv');
  const files = [
    setupFile(
      'sql/1.sql',
      `CREATE TABLE from_file AS SELECT * FROM 'x.csv';\nCOPY from_file TO '${out}';\nINSERT INTO from_file VALUES (1);`,
    ),
    setupFile(
      'sql/2.sql',
      `CREATE OR REPLACE VIEW v AS SELECT a AS c FROM from_file;\nCREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE typed (m mood);\nCREATE TABLE far AS FROM 's3://b/x.parquet';\nSELECT regon FROM from_file;`,
    ),
  ];
  const tools = [
    sqlTool('a', 'SELECT c FROM v'),
    sqlTool('b', 'SELECT d FROM v'),
    sqlTool('c', 'SELECT anything FROM far'),
    sqlTool('d', 'SELECT m FROM typed'),
  ];
  expect(await check(tools, root, { setup: files })).toEqual([
    'b.sql:1:8 error plan/sql-unknown-column There is no column "d".',
    'sql/1.sql:3:1 error plan/sql-binding Table from_file has 2 columns but 1 values were supplied.',
    'sql/2.sql:4:26 warning plan/remote-path The statement reads a remote path, which is not opened here, so it was not checked.',
    'sql/2.sql:5:8 error plan/sql-unknown-column There is no column "regon".',
  ]);
  expect(existsSync(out)).toBe(false);
});

test('checks against the open database of a running server, without executing anything', async () => {
  const database = await openTestDatabase();
  await execute(database, 'CREATE TABLE live AS SELECT 1 AS a');
  const tools = [
    sqlTool('a', 'SELECT a FROM live; DELETE FROM live; DROP TABLE live'),
    sqlTool('b', 'SELECT b FROM live'),
    sqlTool('c', 'CREATE TABLE made AS SELECT 1 AS x; SELECT x FROM made'),
  ];
  const found = await database.check(tools);
  expect(found.map(({ code, span }) => [code, span?.source.path, span?.start])).toEqual([
    ['plan/sql-unknown-column', 'b.sql', 7],
  ]);
  expect(await execute(database, 'FROM live')).toEqual([{ a: 1 }]);
  expect(await execute(database, 'SELECT count(*) AS n FROM duckdb_tables()')).toEqual([{ n: 1 }]);
  await database.close({ deadlineMs: 100 });
});

test('does not check the SQL of a pack tool that stands for what its caller writes', async () => {
  const parameters = [{ name: 'sql', type: 'string' as const }];
  const sql = 'FROM query_of_caller($sql)';
  expect(await check([sqlTool('t', sql, { parameters, pack: 'sql' })], root)).toEqual([]);
  expect(await check([sqlTool('t', sql, { parameters })], root)).toEqual([
    't.sql:1:6 error plan/sql-unknown-function There is no function "query_of_caller".',
  ]);
});

function stateOf(path: string): unknown[] {
  return [path, `${path}.wal`].map(file =>
    existsSync(file) ? [statSync(file).mtimeMs, createHash('sha256').update(readFileSync(file)).digest('hex')] : 'none',
  );
}

/** The tools of a table are t0, t1, …; its cases call each of them t. */
function named(lines: readonly string[]): string[] {
  return lines.map(line => line.replace(/^t\d+\./, 't.'));
}

test('says which settings DuckDB refuses and which extensions are not installed here', async () => {
  const extensions = [{ name: 'no_such_extension', repository: undefined }];
  const settings = { no_such_setting: 1, threads: 'many' };
  const found = await check([sqlTool('t', 'SELECT from_that_extension(1)')], root, { extensions, settings });
  expect(found.map(text => text.replace(/^.*?(error|warning)/, '$1'))).toEqual([
    expect.stringMatching(/^error config.bad-setting DuckDB refuses the setting "no_such_setting": /),
    expect.stringMatching(/^error config.bad-setting DuckDB refuses the setting "threads": /),
    'warning plan/sql-not-checked The extension "no_such_extension" is not installed here, so what it defines was not checked. hint: It is installed when the project is first opened, which needs a network.',
    expect.stringMatching(/^warning plan.sql-not-checked /),
  ]);
});
