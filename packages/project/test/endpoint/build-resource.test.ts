import { expect, test } from 'vitest';
import { loadOne } from './load-one.ts';

test('a resource says its title, annotations, cache and what changes it', async () => {
  const yaml = `resource:
  uri: shop://orders
  name: Orders
  title: All orders
  annotations: {audience: [user, assistant], priority: 0.5, last_modified: "2025-01-31T13:05:00Z"}
  cache: {ttl: 5m, scope: public}
  changes:
    - {table: Main."Orders"}
    - {file: ../data/a.csv}
    - {file: /data/later.csv}
    - {every: 90}
    - {every: 960h}
    - {table: 'db . main. "Odd ""; name"'}
    - {cron: "*/15 6-18,22 * JAN-MAR mon"}
  source: {code: select 1}
`;
  const { definition, inputs, root } = await loadOne('resource', yaml, { 'data/a.csv': 'a' });
  const { label, title, annotations, cache, changes, completions } = definition;
  expect({ label, title, annotations, cache, changes, completions }).toEqual({
    label: 'Orders',
    title: 'All orders',
    annotations: { audience: ['user', 'assistant'], priority: 0.5, lastModified: '2025-01-31T13:05:00Z' },
    cache: { ttlMs: 300_000, scope: 'public' },
    changes: [
      { kind: 'table', table: 'orders' },
      { kind: 'file', path: `${root}/data/a.csv` },
      { kind: 'file', path: `${root}/data/later.csv` },
      { kind: 'every', ms: 90_000 },
      { kind: 'every', ms: 3_456_000_000 },
      { kind: 'table', table: 'odd "; name' },
      { kind: 'cron', expression: '*/15 6-18,22 * JAN-MAR mon' },
    ],
    completions: {},
  });
  // What changes a resource changes no definition.
  expect(inputs.filter(path => path.startsWith(`${root}/data`))).toEqual([]);
});

test('a name alone is no title; a duration alone is a private cache', async () => {
  const yaml = 'resource: {uri: "a://b", name: Bee, cache: 30s, source: {code: select 1}}\n';
  const { definition } = await loadOne('resource', yaml);
  expect([definition.label, definition.title, definition.cache]).toEqual([
    'Bee',
    undefined,
    { ttlMs: 30_000, scope: 'private' },
  ]);
});

test('completions are lists, or handlers that get what was typed and the other parameters', async () => {
  const yaml = `resource:
  uri: shop://{region}/{year}/{id}
  parameters:
    - {name: region, type: string, complete: [EMEA, APAC]}
    - {name: year, type: integer, complete: "2025"}
    - name: id
      type: string
      complete:
        code: SELECT id FROM orders WHERE id LIKE $value || '%'
  source: {code: "select $region, $year, $id"}
`;
  const { definition, all } = await loadOne('resource', yaml);
  const id = 'completion:resource:shop://{region}/{year}/{id}#id';
  expect(definition.completions).toEqual({
    region: { kind: 'values', values: ['EMEA', 'APAC'] },
    year: { kind: 'values', values: ['2025'] },
    id: { kind: 'endpoint', id },
  });
  expect(definition.parameters).toEqual([
    { name: 'region', type: 'string' },
    { name: 'year', type: 'integer' },
    { name: 'id', type: 'string' },
  ]);
  const completion = all.find(({ kind }) => kind === 'completion');
  expect([completion?.id, completion?.parameters, completion?.source?.language, completion?.maxRows]).toEqual([
    id,
    [
      { name: 'value', type: 'string' },
      { name: 'region', type: 'string', nullable: true, default: null },
      { name: 'year', type: 'string', nullable: true, default: null },
    ],
    'sql',
    1_000,
  ]);
  const span = completion?.locate.at('source', 'code');
  expect(span?.source.text.slice(span.start, span.end)).toBe("SELECT id FROM orders WHERE id LIKE $value || '%'");
});
