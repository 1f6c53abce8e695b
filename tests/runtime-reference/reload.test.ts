import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPython } from './support/make-environment.ts';
import { type ServedReference, serveReference, whyNotHere } from './support/serve-reference.ts';

const reason = whyNotHere();
if (reason !== undefined) process.stderr.write(`skipped, reloads of the runtime reference: ${reason}\n`);

describe.skipIf(reason !== undefined)('reloads of the runtime reference', () => {
  let reference: ServedReference;
  const call = (tool: string, args?: object): Promise<unknown> => reference.call(tool, args);
  const rows = async (sql: string): Promise<unknown> => ((await call('read_rows', { sql })) as { rows?: unknown }).rows;
  const eventually = (sql: string) => expect.poll(() => rows(sql), { timeout: 50_000, interval: 100 });

  beforeAll(async () => {
    reference = await serveReference();
  });
  afterAll(() => reference?.close());

  /** What dbt saw in the run that has this token. */
  function dbtRun(token: string): unknown {
    const lines = readFileSync(join(reference.folder, 'dbt-runs.jsonl'), 'utf8').trim().split('\n');
    return lines.map(line => JSON.parse(line) as { token: string }).find(run => run.token === token);
  }

  function offerToken(): string {
    const token = randomUUID();
    writeFileSync(join(reference.folder, 'dbt-token.txt'), token);
    return token;
  }

  test('Database Reload: dbt, found in the virtual environment, opens the file; tools see its table', async () => {
    const token = offerToken();
    await call('cache_set', { key: 'a', value: 'b' });
    expect(await reference.redis.countClients()).toBe(1);

    expect(await call('rebuild_database')).toEqual({ status: 'Reload scheduled' });
    await eventually('SELECT * FROM dbt_model').toEqual([{ token, arguments: 'run' }]);
    expect(await call('dbt_model')).toEqual([{ token, arguments: 'run' }]);

    // dbt ran after on_shutdown closed the connection to Redis, while the process that had it was still there.
    expect(dbtRun(token)).toEqual({ token, arguments: 'run', redisClients: 0 });
    expect(reference.server.stderr()).toMatch(/The client is closed: True\n/);
    expect(await call('lifecycle_client')).toEqual({ type: 'Client', is_closed: false });
    expect(await call('cache_get', { key: 'a' })).toEqual({ key: 'a', value: 'b', found: true });
  }, 90_000);

  test('Pattern 3: a model that was saved is loaded by on_init after a reload', async () => {
    const training = { table_name: 'flowers', feature_columns: ['petal'], target_column: 'kind', model_name: 'saved' };
    await call('train_classifier', training);
    const token = offerToken();
    await call('rebuild_database');
    await eventually('SELECT token FROM dbt_model').toEqual([{ token }]);
    expect(await call('predict', { model_name: 'saved', features: { petal: 2 } })).toEqual({
      prediction: 0,
      probabilities: [1, 0],
    });
  }, 90_000);

  test('a dbt that fails is reported, and the server serves on', async () => {
    writeFileSync(join(reference.folder, 'dbt-token.txt'), 'fail');
    const before = reference.server.stderr().length;
    const said = (): string => reference.server.stderr().slice(before);
    expect(await call('rebuild_database')).toEqual({ status: 'Reload scheduled' });
    await expect
      .poll(said, { timeout: 50_000, interval: 100 })
      .toMatch(/Command '\['dbt', 'run'\]' returned non-zero exit status 1\./);
    expect(said()).toMatch(/dbt could not compile\.\n/);
    expect(await call('database_access', { user_id: 2 })).toMatchObject({ first: { id: 2, name: 'Grace' } });
  }, 90_000);

  test('Real-World Example: a scheduled update loads what another server exports', async () => {
    const source = randomUUID();
    expect(await call('scheduled_update', { source })).toEqual({
      status: 'scheduled',
      source,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/),
    });
    await eventually(`SELECT source, record_count FROM update_log WHERE source = '${source}'`).toEqual([
      { source, record_count: 2 },
    ]);
    expect(await rows('SELECT * FROM daily_metrics ORDER BY day')).toEqual([
      { day: '2025-01-01', visits: 10 },
      { day: '2025-01-02', visits: 32 },
    ]);
  }, 90_000);

  test('API: dbt, then a database that was built elsewhere, then a Parquet file', async () => {
    const token = offerToken();
    makeStaging(reference.folder, token);
    expect(await call('update_data_endpoint')).toEqual({
      status: 'scheduled',
      message: 'Data refresh will complete in background',
    });
    await eventually('SELECT * FROM prebuilt').toEqual([{ token }]);
    expect(await rows('SELECT * FROM sales ORDER BY amount')).toEqual([
      { region: 'south', amount: 1.5 },
      { region: 'north', amount: 2.25 },
    ]);
    expect(dbtRun(token)).toEqual({ token, arguments: 'run --target prod', redisClients: 0 });
    // What dbt wrote was replaced with the file; the project's own tables are made again.
    expect(await call('read_rows', { sql: 'FROM dbt_model' })).toEqual({ error: 'CatalogException' });
    expect(await rows('SELECT name FROM users ORDER BY id')).toEqual([{ name: 'Ada' }, { name: 'Grace' }]);
  }, 90_000);

  test('a server that stops runs the shutdown hooks', async () => {
    expect(await call('cache_get', { key: randomUUID() })).toMatchObject({ found: false });
    const before = reference.server.stderr().length;
    const { exitCode, stderr } = await reference.server.stop();
    expect(exitCode).toBe(0);
    expect(stderr.slice(before)).toMatch(/The client is closed: True\n/);
    expect(await reference.redis.countClients()).toBe(0);
  }, 90_000);
});

function makeStaging(folder: string, token: string): void {
  const staging = join(folder, 'staging');
  if (!existsSync(staging)) mkdirSync(staging);
  const script = `
import sys, duckdb, pandas
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("CREATE OR REPLACE TABLE prebuilt (token VARCHAR)")
    connection.execute("INSERT INTO prebuilt VALUES (?)", [sys.argv[3]])
pandas.DataFrame({"region": ["north", "south"], "amount": [2.25, 1.5]}).to_parquet(sys.argv[2])
`;
  runPython(script, [join(staging, 'analytics.duckdb'), join(staging, 'latest-data.parquet'), token]);
}
