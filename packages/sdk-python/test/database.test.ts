import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Message, openGuest, type TestGuest, until } from './support/open-guest.ts';

const file = 'python/queries.py';
const code = `
import asyncio, datetime, decimal, enum, uuid
from mxcp.runtime import BinderException, DatabaseError, db

class Color(enum.Enum):
    RED = "red"

def shown(sql="rows", params=None):
    rows = db.execute(sql, params)
    return {"rows": [{k: repr(v) for k, v in row.items()} for row in rows], "columns": rows.columns, "types": rows.types}

def first():
    empty = db.execute("empty")
    return [db.execute("rows").fetchone()["a"], empty.fetchone(), empty.columns, len(empty), empty == []]

def parameters():
    db.execute("params", {
        "date": datetime.date(2024, 1, 2), "moment": datetime.datetime(2024, 1, 2, 3, 4, 5),
        "big": 2**60, "exact": decimal.Decimal("1.10"), "nan": float("nan"), "blob": b"\\x00a",
        "id": uuid.UUID(int=1), "span": datetime.timedelta(days=1, seconds=2), "color": Color.RED,
        "list": [1, (2, 3)], "nested": {"a": datetime.time(1, 2)}, "none": None,
    })
    db.execute("list", [1, "a"])
    db.execute("none")

def wrong_parameters():
    db.execute("x", "text")

def caught():
    try:
        db.execute("fail")
    except BinderException as error:
        return [type(error).__name__, str(error), isinstance(error, DatabaseError)]

def uncaught():
    db.execute("fail")

def hanging():
    db.execute("never")

async def hanging_async():
    await db.execute_async("never")

async def together():
    results = await asyncio.gather(*(db.execute_async("rows") for _ in range(20)))
    return [row[0]["a"] for row in results]

async def plain_form():
    return db.execute("rows")[0]["a"] + db.execute("rows")[0]["a"]

def own_loop():
    async def main():
        return (await db.execute_async("rows"))[0]["a"]
    return asyncio.run(main())

def no_connection():
    return db.connection
`;

const typed = {
  columns: [
    ['a', 'INTEGER'],
    ['day', 'DATE'],
    ['clock', 'TIME'],
    ['at', 'TIMESTAMP'],
    ['nanos', 'TIMESTAMP_NS'],
    ['zoned', 'TIMESTAMP WITH TIME ZONE'],
    ['price', 'DECIMAL(10,2)'],
    ['huge', 'HUGEINT'],
    ['big', 'BIGINT'],
    ['span', 'INTERVAL'],
    ['months', 'INTERVAL'],
    ['blob', 'BLOB'],
    ['id', 'UUID'],
    ['doc', 'JSON'],
    ['never', 'DATE'],
    ['null', 'DATE'],
    ['ratio', 'DOUBLE'],
  ].map(([name, id]) => ({ name, type: { id } })) as object[],
  rows: [
    [
      1,
      '2024-01-02',
      '03:04:05.5',
      '2024-01-02T03:04:05.123456',
      '2024-01-02T03:04:05.123456789',
      '2024-01-02T03:04:05+00:00',
      '12.30',
      '170141183460469231731687303715884105727',
      12,
      'P1DT2H3.5S',
      'P1M2D',
      'AP8=',
      '00000000-0000-0000-0000-000000000001',
      { a: [1] },
      'infinity',
      null,
      5,
    ],
  ],
};
const nested = {
  columns: [
    { name: 'l', type: { id: 'LIST', item: { id: 'DATE' } } },
    { name: 's', type: { id: 'STRUCT', fields: [{ name: 'd', type: { id: 'DATE' } }] } },
    { name: 'm', type: { id: 'MAP', key: { id: 'DATE' }, value: { id: 'DECIMAL' } } },
  ],
  rows: [[['2024-01-02', null], { d: '2024-01-03' }, [['2024-01-04', '1.50']]]],
};

function answer({ sql }: Message): object | undefined {
  switch (sql) {
    case 'never':
      return undefined;
    case 'fail':
      return { ok: false, error: { type: 'Binder', message: 'Binder Error: Referenced column "regon" not found' } };
    case 'empty':
      return { ok: true, columns: typed.columns, rows: [] };
    case 'nested':
      return { ok: true, ...nested };
    default:
      return { ok: true, ...typed };
  }
}

let guest: TestGuest;
const names = [...code.matchAll(/^(?:async )?def (\w+)/gm)].map(match => match[1] ?? '');

beforeAll(async () => {
  guest = await openGuest({
    files: { [file]: code },
    handlers: names.map(endpoint => ({ file, endpoint })),
    onExecute: answer,
  });
});
afterAll(() => guest.kill());

describe('rows', () => {
  test('hold the Python counterparts of DuckDB values', async () => {
    const { value } = await guest.call('shown');
    expect(value).toEqual({
      rows: [
        {
          a: '1',
          day: 'datetime.date(2024, 1, 2)',
          clock: 'datetime.time(3, 4, 5, 500000)',
          at: 'datetime.datetime(2024, 1, 2, 3, 4, 5, 123456)',
          nanos: 'datetime.datetime(2024, 1, 2, 3, 4, 5, 123456)',
          zoned: 'datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)',
          price: "Decimal('12.30')",
          huge: '170141183460469231731687303715884105727',
          big: '12',
          span: 'datetime.timedelta(days=1, seconds=7203, microseconds=500000)',
          months: "'P1M2D'",
          blob: "b'\\x00\\xff'",
          id: "UUID('00000000-0000-0000-0000-000000000001')",
          doc: "{'a': [1]}",
          never: "'infinity'",
          null: 'None',
          ratio: '5.0',
        },
      ],
      columns: [
        'a',
        'day',
        'clock',
        'at',
        'nanos',
        'zoned',
        'price',
        'huge',
        'big',
        'span',
        'months',
        'blob',
        'id',
        'doc',
        'never',
        'null',
        'ratio',
      ],
      types: [
        'INTEGER',
        'DATE',
        'TIME',
        'TIMESTAMP',
        'TIMESTAMP_NS',
        'TIMESTAMP WITH TIME ZONE',
        'DECIMAL(10,2)',
        'HUGEINT',
        'BIGINT',
        'INTERVAL',
        'INTERVAL',
        'BLOB',
        'UUID',
        'JSON',
        'DATE',
        'DATE',
        'DOUBLE',
      ],
    });
  });

  test('hold them inside of lists, structs and maps too', async () => {
    expect(await guest.call('shown', { sql: 'nested' })).toMatchObject({
      value: {
        rows: [
          {
            l: '[datetime.date(2024, 1, 2), None]',
            s: "{'d': datetime.date(2024, 1, 3)}",
            m: "{datetime.date(2024, 1, 4): Decimal('1.50')}",
          },
        ],
      },
    });
  });

  test('are a list with fetchone and columns', async () => {
    const columns = typed.columns.map(column => (column as { name: string }).name);
    expect(await guest.call('first')).toMatchObject({ value: [1, null, columns, 0, true] });
  });
});

describe('parameters', () => {
  test('go as JSON, or as text that DuckDB casts', async () => {
    const { id, answer: done } = guest.begin('parameters');
    expect(await done).toMatchObject({ value: null });
    const sent = guest.executed.filter(({ call }) => call === id).map(({ sql, params }) => [sql, params]);
    expect(sent).toEqual([
      [
        'params',
        {
          date: '2024-01-02',
          moment: '2024-01-02 03:04:05',
          big: '1152921504606846976',
          exact: '1.10',
          nan: 'nan',
          blob: '\\x00\\x61',
          id: '00000000-0000-0000-0000-000000000001',
          span: '1 days 2 seconds 0 microseconds',
          color: 'red',
          list: [1, [2, 3]],
          nested: { a: '01:02:00' },
          none: null,
        },
      ],
      ['list', [1, 'a']],
      ['none', undefined],
    ]);
  });

  test('that are neither a mapping nor a list are refused', async () => {
    expect(await guest.call('wrong_parameters')).toMatchObject({
      error: {
        type: 'TypeError',
        message: 'The parameters of db.execute must be a dict (for $name) or a list (for ?), not str.',
      },
    });
  });
});

test('errors are exceptions named like those of the duckdb package', async () => {
  const message = 'Binder Error: Referenced column "regon" not found';
  expect(await guest.call('caught')).toMatchObject({ value: ['BinderException', message, true] });
  expect(await guest.call('uncaught')).toMatchObject({ error: { type: 'BinderException', message } });
});

test.each(['hanging', 'hanging_async'])('%s: a cancelled call stops waiting for its statement', async endpoint => {
  const { id, answer: ended } = guest.begin(endpoint);
  await until(() => guest.executed.some(({ call }) => call === id));
  guest.send({ type: 'cancel', id });
  expect(await ended).toMatchObject({ type: 'failure', error: { type: 'Cancelled' } });
});

test('async statements run side by side, on any loop', async () => {
  expect(await guest.call('together')).toMatchObject({ value: Array(20).fill(1) });
  expect(await guest.call('own_loop')).toMatchObject({ value: 1 });
});

test('the plain form works in an async function and warns once', async () => {
  const { id, answer: done } = guest.begin('plain_form');
  expect(await done).toMatchObject({ value: 2 });
  await guest.call('plain_form');
  const warnings = guest.logs.filter(({ logger }) => logger === 'mxcp.runtime');
  expect(warnings).toEqual([
    {
      type: 'log',
      level: 'warning',
      logger: 'mxcp.runtime',
      call: id,
      text: 'db.execute in an async function stops the event loop, and so all other async calls, until DuckDB answers. Use `await db.execute_async(...)` there.',
    },
  ]);
});

test('there is no connection to keep', async () => {
  expect(await guest.call('no_connection')).toMatchObject({
    error: {
      type: 'AttributeError',
      message: 'There is no db.connection: DuckDB runs in another process. Use db.execute(sql, params).',
    },
  });
});
