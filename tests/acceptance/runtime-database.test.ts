import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient, type TestClient } from '../support/clients.ts';
import { type RunningServer, startServer } from '../support/program.ts';
import { languages, makeRuntimeApiProject } from './support/runtime-api-project.ts';

let server: RunningServer;
let client: TestClient;

beforeAll(async () => {
  const { folder, env } = makeRuntimeApiProject();
  server = await startServer(folder, ['--sql-tools', 'true'], { env: { ...env, ...pythonEnv() } });
  client = await connectClient('v2 of 2026', { url: server.url });
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

describe.each(languages)('%s', language => {
  const call = async (name: string, args: object = {}) => {
    const { isError, text } = await client.callTool(`${language}_${name}`, args);
    return isError ? text : JSON.parse(text);
  };

  test('execute takes names, numbers in the order of the mapping, a list, and JSON', async () => {
    expect(await call('execute', { id: language })).toEqual({
      named: [{ low: 1, high: 2 }],
      numbered: [{ difference: 7 }],
      listed: [{ text: 'leftright' }],
      json: [{ body: { tags: ['a', 'b'], deep: { n: 1 } }, n: '1' }],
    });
  });

  test('100,000 rows stream in batches', async () => {
    expect(await call('stream')).toEqual({ rows: 100_000, total: 4_999_950_000, largest: 10_000 });
  });

  test('streams that are left early give their connections back', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('leave_stream')));
    expect(answers).toEqual(Array(12).fill(100));
  });

  test('a transaction commits at its end', async () => {
    expect(await call('commit', { id: `${language} commit` })).toEqual([{ amount: 1 }, { amount: 2 }]);
  });

  test('an exception rolls a transaction back, caught or not', async () => {
    expect(await call('roll_back', { id: `${language} caught` })).toEqual([]);
    expect(await call('fail_in_transaction', { id: `${language} uncaught` })).toBe('Rolled back.');
    expect(await ledger(`${language} uncaught`)).toEqual([]);
  });

  test('a cancelled call leaves no rows of its transaction and no connection in use', async () => {
    const id = `${language} cancelled`;
    // More of them than there are connections.
    const aborts = Array.from({ length: 16 }, () => new AbortController());
    const hanging = aborts.map(({ signal }) =>
      client.callTool(`${language}_hang_in_transaction`, { id }, signal).catch(() => 'cancelled'),
    );
    await new Promise(resolve => setTimeout(resolve, 300));
    for (const abort of aborts) abort.abort();
    expect(await Promise.all(hanging)).toEqual(Array(16).fill('cancelled'));
    expect(await call('commit', { id: `${id}, then` })).toEqual([{ amount: 1 }, { amount: 2 }]);
    expect(await ledger(id)).toEqual([]);
  });

  test('rows that were appended or registered are there in SQL', async () => {
    expect(await call('load', { id: language })).toEqual({ appended: 2, registered: 2 });
    expect(await query(`SELECT moment, value FROM readings WHERE sensor = '${language}' ORDER BY moment`)).toEqual([
      { moment: '2026-01-02T03:04:05', value: 0.5 },
      { moment: null, value: 0.5 },
    ]);
    expect(await query(`SELECT n, text FROM frame_${language} ORDER BY n`)).toEqual([
      { n: 1, text: 'one' },
      { n: 2, text: null },
    ]);
  });
});

test.skipIf(lacks('pandas'))('a data frame is appended, and comes back as one', async () => {
  const { text } = await client.callTool('py_frames', { id: 'framed' });
  expect(JSON.parse(text)).toEqual({
    columns: ['sensor', 'value'],
    dtype: 'float64',
    rows: [
      { sensor: 'framed', value: 1.5 },
      { sensor: 'framed', value: null },
    ],
  });
});

test.skipIf(lacks('pyarrow'))('rows become a table of Arrow', async () => {
  const { text } = await client.callTool('py_arrow');
  expect(JSON.parse(text)).toEqual({
    types: ['int64', 'string'],
    rows: [0, 1, 2].map(n => ({ n, text: `row ${n}` })),
  });
});

const ledger = (id: string) => query(`SELECT * FROM ledger WHERE id = '${id}'`);

async function query(sql: string): Promise<unknown> {
  return JSON.parse((await client.callTool('execute_sql_query', { sql })).text);
}

/** Says why on the way, where a test would otherwise vanish without a word. */
function lacks(module: string): boolean {
  const python = process.env['MXCP_TEST_PYTHON'] ?? 'python3';
  const isThere = spawnSync(python, ['-c', `import ${module}`]).status === 0;
  if (!isThere) console.warn(`Skipped: ${python} has no ${module}; set MXCP_TEST_PYTHON to one that has.`);
  return !isThere;
}

/** Lets the server find the interpreter of the tests as that of an active virtual environment. */
function pythonEnv(): Readonly<Record<string, string>> {
  const python = process.env['MXCP_TEST_PYTHON'];
  return python === undefined ? {} : { VIRTUAL_ENV: python.replace(/\/bin\/[^/]+$/, '') };
}
