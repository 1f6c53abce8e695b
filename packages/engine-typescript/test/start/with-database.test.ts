import type { Database } from '@mxcp-ts/engine';
import { expect, onTestFinished, test } from 'vitest';
// The one place where a guest of this package meets the real database; nothing of it is needed at run time.
import { openDatabase } from '../../../engine-sql/src/index.ts';
import { project } from '../project-folder.ts';
import { type TestEngine, withTestEngine } from '../start-test-engine.ts';

const threadFile = new URL('../../../../cli/dist/database-thread.js', import.meta.url);
const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

/** A project whose guest works on a database in memory, with its SQL functions defined. */
async function startWithDatabase(
  files: Readonly<Record<string, string>>,
  names: readonly string[],
  plugins: readonly string[] = [],
): Promise<TestEngine & { readonly database: Database }> {
  const { config } = project('/', []);
  const database = await openDatabase({ threadFile, config: config.database, secrets: [], root: '/', log: () => {} });
  onTestFinished(() => database.close({ deadlineMs: 5_000 }));
  const started = await startTestEngine(
    files,
    names.map(name => ({ name, file: 'tools/t.ts' })),
    { database: methodsOf(database), plugins: Object.fromEntries(plugins.map(file => [file, {}])) },
  );
  expect(started.engine.diagnostics).toEqual([]);
  expect(await database.defineFunctions(started.engine.functions)).toEqual([]);
  return { ...started, database };
}

/** The methods of a class cannot be spread. */
function methodsOf(database: Database): Partial<Database> {
  return {
    execute: request => database.execute(request),
    begin: options => database.begin(options),
    end: (transaction, how) => database.end(transaction, how),
    openStream: request => database.openStream(request),
    fetch: stream => database.fetch(stream),
    closeStream: stream => database.closeStream(stream),
    append: request => database.append(request),
  };
}

test('transactions, appended rows, registered tables and streams work on one database', async () => {
  const { call } = await startWithDatabase(
    {
      'tools/t.ts': `
        import { db, DatabaseError } from 'mxcp-ts/runtime';
        export const fill = async () => {
          await db.execute('CREATE TABLE t (n BIGINT, moment TIMESTAMP, note VARCHAR DEFAULT $$none$$)');
          return [await db.append('t', [{ n: 2n ** 60n, moment: new Date(0) }, { n: 1, moment: null }]), await db.execute('FROM t ORDER BY n')];
        };
        export const move = async ({ fails }) => {
          try {
            await db.transaction(async tx => {
              await tx.execute('INSERT INTO t (n) VALUES ($1)', { first: 7 });
              await tx.append('t', [{ n: 8 }]);
              if (fails) await tx.execute('SELECT nothing');
            });
          } catch (error) {
            return [error instanceof DatabaseError && error.type, await db.execute('SELECT count(*) AS rows FROM t')];
          }
          return db.execute('SELECT count(*) AS rows FROM t');
        };
        export const seen = async () => {
          await db.register('seen', [{ code: 'A', score: 1.5 }, { code: 'B', score: null }]);
          return db.execute('SELECT * FROM seen ORDER BY code');
        };
        export const batches = async () => {
          const sizes = [];
          for await (const rows of db.stream<{ n: number }>('SELECT range AS n FROM range($rows)', { rows: 2500 }, { batchRows: 1000 })) sizes.push([rows.length, rows[0].n]);
          for await (const rows of db.stream('FROM range(1000000)')) { sizes.push(rows.length); break; }
          return sizes;
        };
        export const json = ({ data }) => db.execute('SELECT json_extract_string($data, $$$.a[0].b$$) AS b', { data });
      `,
    },
    ['fill', 'move', 'seen', 'batches', 'json'],
  );
  expect(await call('fill')).toEqual(
    ok([
      2,
      [
        { n: 1, moment: null, note: 'none' },
        { n: '1152921504606846976', moment: '1970-01-01T00:00:00', note: 'none' },
      ],
    ]),
  );
  expect(await call('move', { fails: true })).toEqual(ok(['Binder', [{ rows: 2 }]]));
  expect(await call('move', { fails: false })).toEqual(ok([{ rows: 4 }]));
  expect(await call('seen')).toEqual(
    ok([
      { code: 'A', score: 1.5 },
      { code: 'B', score: null },
    ]),
  );
  expect(await call('batches')).toEqual(ok([[1000, 0], [1000, 1000], [500, 2000], 2048]));
  expect(await call('json', { data: { a: [{ b: 'deep' }] } })).toEqual(ok([{ b: 'deep' }]));
});

test('SQL calls the functions of a plug-in with values of every type, NULLs and errors included', async () => {
  const types = {
    same_text: ['VARCHAR', "'é'"],
    same_int: ['INTEGER', '-5'],
    same_big: ['BIGINT', '-9223372036854775808'],
    same_ubig: ['UBIGINT', '18446744073709551615'],
    same_huge: ['HUGEINT', '170141183460469231731687303715884105727'],
    same_decimal: ['DECIMAL(18,3)', '123456789012345.678'],
    same_double: ['DOUBLE', '1.5'],
    same_bool: ['BOOLEAN', 'true'],
    same_blob: ['BLOB', "'\\x01\\x02'::BLOB"],
    same_date: ['DATE', "DATE '2024-01-02'"],
    same_time: ['TIME', "TIME '03:04:05.678901'"],
    same_moment: ['TIMESTAMP', "TIMESTAMP '2024-01-02 03:04:05.678901'"],
    same_moment_tz: ['TIMESTAMP WITH TIME ZONE', "TIMESTAMPTZ '2024-01-02 03:04:05+00'"],
    same_interval: ['INTERVAL', "INTERVAL '1 month 2 days 03:04:05'"],
    same_uuid: ['UUID', "'5f0c2c06-9d5c-4c1b-9d1e-0f3a6b1f2a3b'::UUID"],
    same_list: ['BIGINT[]', '[9007199254740993, NULL]'],
    same_struct: ['STRUCT(a BIGINT, "b c" VARCHAR)', "{'a': 9007199254740993, 'b c': 'x'}"],
    same_map: ['MAP(VARCHAR, INTEGER)', "MAP {'k': 1}"],
    same_json: ['JSON', `'{"a":[1]}'::JSON`],
  } as const;
  const functions = Object.entries(types).map(
    ([name, [type]]) =>
      `${name}: { parameters: [${JSON.stringify(type)}], returns: ${JSON.stringify(type)}, call: value => value },`,
  );
  const { call } = await startWithDatabase(
    {
      'plugins/p.ts': `
        import { db, definePlugin } from 'mxcp-ts/runtime';
        export const p = definePlugin({ functions: {
          ${functions.join('\n')}
          plus: { parameters: ['INTEGER', 'INTEGER'], returns: 'INTEGER', isPure: true, call: (a, b) => a + b },
          kind: { parameters: ['BIGINT'], returns: 'VARCHAR', nulls: 'pass', call: async value => value === null ? 'none' : typeof value },
          three: { parameters: [], returns: 'DOUBLE', call: () => 3 },
          fails: { parameters: ['INTEGER'], returns: 'INTEGER', call: () => { throw new RangeError('too far'); } },
          asks: { parameters: ['INTEGER'], returns: 'INTEGER', call: async () => (await db.execute('SELECT 1'), 1) },
        } });
      `,
      'tools/t.ts': `
        import { db } from 'mxcp-ts/runtime';
        export const t = ({ sql }) => db.execute(sql).catch(error => error.message);
        export const many = () => Promise.all([1, 2, 3, 4].map(n => db.execute('SELECT sum(plus(range::INTEGER, $n)) AS s FROM range(5000)', { n })));
      `,
    },
    ['t', 'many'],
    ['plugins/p.ts'],
  );
  for (const [name, [type, literal]] of Object.entries(types)) {
    const [literalSql, nullSql] = [`(${literal})::${type}`, `NULL::${type}`];
    const expected = await call('t', { sql: `SELECT ${literalSql} AS v, NULL AS n` });
    expect(expected, name).toMatchObject(ok([{ n: null }]));
    expect(await call('t', { sql: `SELECT ${name}(${literalSql}) AS v, ${name}(${nullSql}) AS n` }), name).toEqual(
      expected,
    );
  }
  expect(
    await call('t', {
      sql: 'SELECT plus(1, NULL) AS a, kind(NULL) AS k, kind(1) AS b, count(DISTINCT three()) AS c FROM range(2)',
    }),
  ).toEqual(ok([{ a: null, k: 'none', b: 'bigint', c: 1 }]));
  expect(await call('t', { sql: 'SELECT fails(1)' })).toMatchObject(
    ok(expect.stringContaining('fails: RangeError: too far')),
  );
  expect(await call('t', { sql: 'SELECT asks(1)' })).toMatchObject(
    ok(expect.stringContaining('db.execute cannot be used inside a SQL function')),
  );
  const sum = 12_497_500;
  expect(await call('many')).toEqual(ok([5, 10, 15, 20].map(extra => [{ s: sum + extra * 1000 }])));
});
