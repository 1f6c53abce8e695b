import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPython } from './support/make-environment.ts';
import { sizes } from './support/own-files.ts';
import { type ServedReference, serveReference, whyNotHere } from './support/serve-reference.ts';

const reason = whyNotHere();
if (reason !== undefined) process.stderr.write(`skipped, library patterns of the runtime reference: ${reason}\n`);

describe.skipIf(reason !== undefined)('library patterns of the runtime reference', () => {
  let reference: ServedReference;
  const call = (tool: string, args?: object): Promise<unknown> => reference.call(tool, args);
  const url = (path: string): string => `${reference.http.url}${path}`;
  const requestsTo = (path: string) => reference.http.requests.filter(request => request.path.startsWith(path));

  beforeAll(async () => {
    reference = await serveReference();
  });
  afterAll(() => reference?.close());

  test('Pattern 1: requests, with the token of a secret, JSON, text and failures', async () => {
    expect(await call('http_request', { url: url('/json') })).toEqual({
      status_code: 200,
      headers: { 'content-type': 'application/json', 'content-length': '17', connection: 'close' },
      body: { hello: 'world' },
    });
    expect(await call('http_request', { url: url('/json'), method: 'POST' })).toMatchObject({
      body: { hello: 'poster' },
    });
    expect(await call('http_request', { url: url('/text') })).toMatchObject({ status_code: 200, body: 'plain' });
    expect(await call('http_request', { url: url('/missing') })).toEqual({
      error: `404 Client Error: Not Found for url: ${url('/missing')}`,
      status: 'failed',
    });
    expect(requestsTo('/json').at(-1)?.authorization).toBe('Bearer token-of-requests');
  });

  test('Pattern 2: pandas analyses a table', async () => {
    const columns = ['size', 'width', 'height'];
    expect(await call('analyze_dataframe', { table_name: 'sizes' })).toEqual({
      shape: [4, 3],
      columns,
      missing_values: { size: 0, width: 0, height: 1 },
      summary_stats: described,
      correlations: { width: { width: 1, height: 1 }, height: { width: 1, height: 1 } },
      ...frameOfDuckdb(),
    });
    expect(await call('pandas_query', { table_name: 'sizes', operation: 'describe' })).toEqual({
      operation: 'describe',
      result: described,
    });
    expect(await call('pandas_query', { table_name: 'sizes', operation: 'head' })).toEqual({
      operation: 'head',
      result: [
        { size: 's', width: 1, height: 2 },
        { size: 'm', width: 2, height: 4 },
        { size: 's', width: 3, height: 6 },
        { size: 's', width: 4, height: null },
      ],
    });
    expect(await call('pandas_query', { table_name: 'sizes', operation: 'value_counts' })).toEqual({
      operation: 'value_counts',
      result: { s: 3, m: 1 },
    });
    expect(await call('pandas_query', { table_name: 'sizes', operation: 'melt' })).toEqual({
      error: 'Unknown operation: melt',
    });
  });

  test('Pattern 3: scikit-learn trains, keeps the model in a global and a file, and predicts', async () => {
    const training = { table_name: 'flowers', feature_columns: ['petal', 'noise'] };
    const trained = await call('train_classifier', { ...training, target_column: 'kind', model_name: 'kinds' });
    expect(trained).toEqual({
      model_name: 'kinds',
      train_accuracy: 1,
      test_accuracy: 1,
      feature_importance: { petal: expect.any(Number), noise: expect.any(Number) },
    });
    await call('train_classifier', { ...training, target_column: 'label' });
    expect(existsSync(join(reference.folder, 'models/kinds.pkl'))).toBe(true);
    expect(await call('predict', { model_name: 'kinds', features: { petal: 9, noise: 3 } })).toEqual({
      prediction: 1,
      probabilities: [0, 1],
    });
    expect(await call('predict', { model_name: 'default', features: { petal: 0, noise: 3 } })).toEqual({
      prediction: 'rose',
      probabilities: [0, 1],
    });
    expect(await call('predict', { model_name: 'other', features: {} })).toEqual({ error: "Model 'other' not found" });
  });

  test('Pattern 4: the client library of an API, with the key that on_init set, and its exceptions', async () => {
    expect(await call('create_customer', { email: 'ada@example.com', name: 'Ada' })).toEqual({
      customer_id: 'cus_1',
      email: 'ada@example.com',
      name: 'Ada',
      created: 1_700_000_000,
    });
    expect(requestsTo('/v1/customers').at(-1)?.authorization).toBe('Bearer sk_test_reference');
    expect(await call('create_customer', { email: 'nobody', name: 'Ada' })).toEqual({
      error: 'Invalid email address: nobody',
      type: 'InvalidRequestError',
    });
    const charge = { currency: 'eur', status: 'succeeded' };
    expect(await call('list_charges', { limit: 2 })).toEqual({
      charges: [
        { id: 'ch_1', amount: 100, created: 1_700_000_001, ...charge },
        { id: 'ch_2', amount: 200, created: 1_700_000_002, ...charge },
      ],
    });
    expect(await call('list_charges', { customer_id: 'cus_unknown' })).toEqual({
      error: 'No such customer: cus_unknown',
    });
  });

  test('Pattern 5: httpx fetches at the same time, and says which addresses failed', async () => {
    const group = randomUUID();
    const together = [1, 2].map(number => url(`/together?of=2&number=${number}&group=${group}`));
    const [one = '', two = ''] = together;
    expect(
      await call('batch_fetch', { urls: [one, two, url('/text'), url('/broken'), 'http://127.0.0.1:1/'] }),
    ).toEqual([
      { url: one, status: 200, data: { number: 1 } },
      { url: two, status: 200, data: { number: 2 } },
      { url: url('/text'), status: 200, data: 'plain' },
      { url: url('/broken'), status: 500, data: 'out of order' },
      { url: 'http://127.0.0.1:1/', error: 'All connection attempts failed' },
    ]);
  });

  test('Pattern 5: a GraphQL query, with and without variables', async () => {
    const query = 'query($id: ID!) { flower(id: $id) { name } }';
    const asked = { endpoint: url('/graphql'), query };
    const authorization = 'Bearer token-of-graphql';
    expect(await call('graphql_query', { ...asked, variables: { id: 7 } })).toEqual({
      data: { asked: { query, variables: { id: 7 } }, authorization },
    });
    expect(await call('graphql_query', asked)).toEqual({ data: { asked: { query, variables: {} }, authorization } });
  });

  test('Pattern 6: a Redis client that lives from on_init', async () => {
    const key = randomUUID();
    expect(await call('cache_get', { key })).toEqual({ key, value: null, found: false });
    expect(await call('cache_set', { key, value: 'tulip', ttl: 50 })).toEqual({ status: 'success', key, ttl: 50 });
    expect(await call('cache_get', { key })).toEqual({ key, value: 'tulip', found: true });
    expect(await reference.redis.ask('GET', key)).toBe('tulip');
    expect(await call('cache_set', { key, value: 'tulip', ttl: 0 })).toEqual({
      error: "invalid expire time in 'setex' command",
    });
  });
});

const described = {
  width: { count: 4, mean: 2.5, std: Math.sqrt(5 / 3), min: 1, '25%': 1.75, '50%': 2.5, '75%': 3.25, max: 4 },
  height: { count: 3, mean: 4, std: 2, min: 2, '25%': 3, '50%': 4, '75%': 5, max: 6 },
};

/** What depends on the version of pandas, as Python's own duckdb has it. */
function frameOfDuckdb(): object {
  const script = `
import duckdb, json, sys
df = duckdb.sql(sys.argv[1]).df()
print(json.dumps({"dtypes": df.dtypes.astype(str).to_dict(), "memory_usage": int(df.memory_usage(deep=True).sum())}))
`;
  return JSON.parse(runPython(script, [`FROM ${sizes}`])) as object;
}
