import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnReply, type TestColumn } from './support/column-batch.ts';
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
        return [f"{type(error).__module__}.{type(error).__name__}", str(error), isinstance(error, DatabaseError)]

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

const day = 19_724; // 2024-01-02
const seconds = day * 86_400 + 3 * 3600 + 4 * 60 + 5;
const infinite = 2n ** 63n - 1n;
const typed: readonly TestColumn[] = [
  { name: 'a', type: { id: 'INTEGER' }, layout: 'i4', values: [1] },
  { name: 'day', type: { id: 'DATE' }, layout: 'i4', values: [day] },
  { name: 'clock', type: { id: 'TIME' }, layout: 'i8', values: [11_045_500_000] },
  { name: 'at', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [seconds * 1e6 + 123_456] },
  {
    name: 'nanos',
    type: { id: 'TIMESTAMP_NS' },
    layout: 'i8',
    values: [BigInt(seconds) * 1_000_000_000n + 123_456_789n],
  },
  { name: 'zoned', type: { id: 'TIMESTAMPTZ' }, layout: 'i8', values: [seconds * 1e6] },
  { name: 'old', type: { id: 'TIMESTAMP_S' }, layout: 'i8', values: [-62_198_755_200] },
  { name: 'price', type: { id: 'DECIMAL', width: 10, scale: 2 }, layout: 'i8', values: [-1230] },
  { name: 'wide', type: { id: 'DECIMAL', width: 38, scale: 2 }, layout: 'i16', values: [10n ** 37n + 1n] },
  { name: 'huge', type: { id: 'HUGEINT' }, layout: 'i16', values: [-(2n ** 127n) + 1n] },
  { name: 'big', type: { id: 'UBIGINT' }, layout: 'u8', values: [2n ** 64n - 1n] },
  { name: 'span', type: { id: 'INTERVAL' }, layout: 'interval', values: [[0, 1, 7_203_500_000]] },
  { name: 'months', type: { id: 'INTERVAL' }, layout: 'interval', values: [[1, 2, -1_500_000]] },
  { name: 'blob', type: { id: 'BLOB' }, layout: 'blob', values: [Buffer.from([0, 255])] },
  { name: 'id', type: { id: 'UUID' }, layout: 'i16', values: [-(2n ** 127n) + 1n] },
  { name: 'doc', type: { id: 'JSON' }, layout: 'json', values: [{ a: [1] }] },
  { name: 'never', type: { id: 'DATE' }, layout: 'i4', values: [2 ** 31 - 1] },
  { name: 'always', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [-infinite] },
  { name: 'null', type: { id: 'DATE' }, layout: 'i4', values: [null] },
  { name: 'ratio', type: { id: 'DOUBLE' }, layout: 'f8', values: [5] },
  { name: 'yes', type: { id: 'BOOLEAN' }, layout: 'bool', values: [1] },
  { name: 'color', type: { id: 'ENUM', values: ['red', "bl'ue"] }, layout: 'u1', values: [1] },
  { name: 'text', type: { id: 'VARCHAR' }, layout: 'text', values: ['héllo'] },
  { name: 'void', type: { id: 'VARCHAR' }, layout: 'text', values: [null] },
];
const nested: readonly TestColumn[] = [
  { name: 'l', type: { id: 'LIST', item: { id: 'DATE' } }, layout: 'json', values: [['2024-01-02', null]] },
  {
    name: 's',
    type: { id: 'STRUCT', fields: [{ name: 'the day', type: { id: 'DATE' } }] },
    layout: 'json',
    values: [{ 'the day': '2024-01-03' }],
  },
  {
    name: 'm',
    type: { id: 'MAP', key: { id: 'DATE' }, value: { id: 'DECIMAL', width: 4, scale: 2 } },
    layout: 'json',
    values: [[['2024-01-04', '1.50']]],
  },
];

function answer({ sql }: Message): object | undefined {
  switch (sql) {
    case 'never':
      return undefined;
    case 'fail':
      return { ok: false, error: { type: 'Binder', message: 'Binder Error: Referenced column "regon" not found' } };
    case 'empty':
      return columnReply(typed.map(column => ({ ...column, values: [] })));
    case 'nested':
      return columnReply(nested);
    default:
      return columnReply(typed);
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
          old: "'-000001-01-01T00:00:00'",
          price: "Decimal('-12.30')",
          wide: "Decimal('100000000000000000000000000000000000.01')",
          huge: '-170141183460469231731687303715884105727',
          big: '18446744073709551615',
          span: 'datetime.timedelta(days=1, seconds=7203, microseconds=500000)',
          months: "'P1M2DT-1.5S'",
          blob: "b'\\x00\\xff'",
          id: "UUID('00000000-0000-0000-0000-000000000001')",
          doc: "{'a': [1]}",
          never: "'infinity'",
          always: "'-infinity'",
          null: 'None',
          ratio: '5.0',
          yes: 'True',
          color: '"bl\'ue"',
          text: "'héllo'",
          void: 'None',
        },
      ],
      columns: typed.map(({ name }) => name),
      types: [
        'INTEGER',
        'DATE',
        'TIME',
        'TIMESTAMP',
        'TIMESTAMP_NS',
        'TIMESTAMP WITH TIME ZONE',
        'TIMESTAMP_S',
        'DECIMAL(10,2)',
        'DECIMAL(38,2)',
        'HUGEINT',
        'UBIGINT',
        'INTERVAL',
        'INTERVAL',
        'BLOB',
        'UUID',
        'JSON',
        'DATE',
        'TIMESTAMP',
        'DATE',
        'DOUBLE',
        'BOOLEAN',
        "ENUM('red', 'bl''ue')",
        'VARCHAR',
        'VARCHAR',
      ],
    });
  });

  test('hold them inside of lists, structs and maps too', async () => {
    expect(await guest.call('shown', { sql: 'nested' })).toMatchObject({
      value: {
        rows: [
          {
            l: '[datetime.date(2024, 1, 2), None]',
            s: "{'the day': datetime.date(2024, 1, 3)}",
            m: "{datetime.date(2024, 1, 4): Decimal('1.50')}",
          },
        ],
        types: ['DATE[]', 'STRUCT("the day" DATE)', 'MAP(DATE, DECIMAL(4,2))'],
      },
    });
  });

  test('are a list with fetchone and columns', async () => {
    const columns = typed.map(({ name }) => name);
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
  expect(await guest.call('caught')).toMatchObject({ value: ['mxcp.runtime.BinderException', message, true] });
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
