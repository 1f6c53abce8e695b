import type { AppendRequest } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { startTestGuest } from './start-test-guest.ts';

const columns = [{ name: 'n', type: { id: 'INTEGER' }, layout: 'i4', nulls: false }] as const;
const append = { type: 'append', how: 'append', table: 't', count: 2, columns };

function recordAppends() {
  const requests: Omit<AppendRequest, 'signal'>[] = [];
  const database = {
    append: async ({ signal: _, ...request }: AppendRequest) => {
      requests.push(request);
      return { kind: 'appended', rows: 2 } as const;
    },
  };
  return { requests, database };
}

const bytesOf = (rows: AppendRequest['rows']) => ('bytes' in rows ? [...rows.bytes] : undefined);

test.each([1, 4, 40])('takes in raw bytes that come in %i pieces, and the lines after them', async pieces => {
  const { requests, database } = recordAppends();
  const { call } = await startTestGuest({ database });
  const data = Array.from({ length: 600 }, (_, index) => (index * 7) % 256);
  const asked = { ...append, data, pieces };
  expect(await call({ ask: [asked, asked] })).toEqual({
    kind: 'result',
    value: [
      { ok: true, value: 2 },
      { ok: true, value: 2 },
    ],
  });
  expect(requests.map(({ rows }) => bytesOf(rows))).toEqual([data, data]);
});

test('hands on appended rows as bytes or as JSON', async () => {
  const { requests, database } = recordAppends();
  const { call } = await startTestGuest({ database });
  const asJson = { type: 'append', how: 'register', table: 'u', rows: [{ n: 1 }, { n: 'é' }] };
  const ok = { ok: true, value: 2 };
  const outcome = await call({ ask: [{ ...append, data: [10, 0, 1] }, asJson, { ...append, count: 0, data: [] }] });
  expect(outcome).toEqual({ kind: 'result', value: [ok, ok, ok] });
  const bytes = (...list: number[]) => Buffer.from(list);
  expect(requests).toEqual([
    { table: 't', how: 'append', transaction: undefined, rows: { rows: 2, columns, bytes: bytes(10, 0, 1) } },
    { table: 'u', how: 'register', transaction: undefined, rows: { json: '[{"n":1},{"n":"é"}]' } },
    { table: 't', how: 'append', transaction: undefined, rows: { rows: 0, columns, bytes: bytes() } },
  ]);
});

test('sends columns as a line and raw bytes, for several questions at once', async () => {
  const { call } = await startTestGuest({
    services: { rows: 'columns' },
    database: {
      execute: async ({ sql, format }) => {
        expect(format).toBe('columns');
        const bytes = Buffer.alloc(Number(sql), 10);
        return { kind: 'columns', batch: { rows: Number(sql), columns, bytes } };
      },
    },
  });
  const sizes = [0, 1, 100_000, 3];
  const outcome = await call({ together: true, ask: sizes.map(size => ({ type: 'execute', sql: String(size) })) });
  expect(outcome).toEqual({
    kind: 'result',
    value: sizes.map(size => ({ ok: true, count: size, columns, bytes: Array.from({ length: size }, () => 10) })),
  });
});

test('a header whose bytes never come costs its process no more than its end', async () => {
  const { requests, database } = recordAppends();
  const { call } = await startTestGuest({ database });
  const header = JSON.stringify({ ...append, id: 1, bytes: 50 });
  const headed = call({ garbage: header });
  expect(await call({ exit: 3 })).toEqual({
    kind: 'unavailable',
    reason: 'The Test process ended with code 3 during the call.',
    retryAfterMs: 1000,
  });
  expect(await headed).toMatchObject({ kind: 'unavailable' });
  expect(requests).toEqual([]);
  expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
});

test('ends a process that announces more bytes than a message may have, before they come', async () => {
  const { call } = await startTestGuest({ maxLineBytes: 1024 * 1024 });
  expect(await call({ garbage: JSON.stringify({ ...append, id: 1, bytes: 1024 * 1024 + 1 }) })).toEqual({
    kind: 'unavailable',
    reason: 'The Test process sent a message of more than 1 MiB and was ended.',
    retryAfterMs: 1000,
  });
  expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
});

test.each([
  { ...append, id: 1, bytes: -5 },
  { ...append, id: 1, bytes: 'many', rows: [] },
  { ...append, id: 1, bytes: 1.5 },
  { type: 'append', how: 'append', table: 't', id: 1, bytes: 4 },
  { type: 'append', how: 'append', table: 't', id: 1 },
  { type: 'execute', id: 1 },
  { type: 'stream', id: 1, sql: 'select 1', batchRows: -1 },
  { type: 'fetch', id: 1, stream: 'x' },
  { type: 'end', id: 1 },
  { type: 'session', id: 1 },
  { type: 'reload', id: 1 },
  { type: 'progress', call: 1 },
  { type: 'started' },
])('ends a process that sends %j', async message => {
  const { call } = await startTestGuest();
  expect(await call({ garbage: JSON.stringify(message) })).toMatchObject({
    reason: 'The Test process sent something that is not part of the protocol and was ended.',
  });
});

test('only rows are followed by raw bytes', async () => {
  const { call, logged } = await startTestGuest();
  const log = JSON.stringify({ type: 'log', level: 'info', text: 'hello', bytes: 3 });
  const waiting = call({ garbage: log });
  expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
  expect(logged).toEqual(['info hello']);
  await call({ exit: 0 });
  await waiting;
});
