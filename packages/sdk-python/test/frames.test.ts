import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnReply, type TestColumn } from './support/column-batch.ts';
import { type Message, openGuest, python, type TestGuest } from './support/open-guest.ts';

const packages = ['numpy', 'pandas', 'pyarrow', 'polars'];
const missing = packages.filter(name => !hasPackage(name));
if (missing.length > 0) process.stderr.write(`skipped: this Python has no ${missing.join(', ')}\n`);

const file = 'python/frames.py';
const code = `
from mxcp.runtime import db

def df(sql):
    import pandas
    frame = db.execute(sql).df()
    return {name: [str(frame[name].dtype), ["null" if value is None else repr(value) for value in frame[name].tolist()]] for name in frame}

def fetchnumpy(sql):
    return {name: [type(array).__name__, str(array.dtype), str(array.tolist())] for name, array in db.execute(sql).fetchnumpy().items()}

def arrow(sql):
    table = db.execute(sql).arrow()
    table.validate(full=True)
    return {field.name: [str(field.type), str(table.column(field.name).to_pylist())] for field in table.schema}

def pl(sql):
    frame = db.execute(sql).pl()
    return {name: [str(frame.schema[name]), str(frame[name].to_list())] for name in frame.columns}

def same(sql):
    """Rows that were looked at give the same frame; rows that were changed give what they are now."""
    import pandas
    rows = db.execute(sql)
    first = rows.df()
    first.iloc[0, 0] = 5
    again = rows.df()
    list(rows)
    looked_at = rows.df()
    rows[0]["i"] = 77
    changed = rows.df()["i"].tolist()
    rows.append({"extra": 1})
    return [again["i"].tolist(), again.equals(looked_at), changed[0], list(rows.df().columns)[-1], len(rows.arrow()), len(rows.pl()), rows.fetchnumpy()["i"].tolist()[0]]

def large():
    rows = db.execute("large")
    frame, table, polars, arrays = rows.df(), rows.arrow(), rows.pl(), rows.fetchnumpy()
    facts = [type(rows).__name__, len(frame), table.num_rows, polars.height, len(arrays["n"])]
    return facts + [int(frame["n"].sum()), frame["s"].iloc[-1], table.column("s")[-1].as_py(), polars["s"][-1]]

def empty():
    rows = db.execute("empty")
    return [rows.df().shape, rows.arrow().shape, rows.pl().shape, [len(array) for array in rows.fetchnumpy().values()] == [0] * len(rows.columns)]

def frames():
    """The forms of one table; each is appended, and has to arrive the same."""
    import numpy, pandas, polars, pyarrow
    frame = pandas.DataFrame({"i": numpy.array([1, 2, 3], "i4"), "f": [1.5, numpy.nan, -1.0], "s": ["a", None, "üc"], "t": pandas.to_datetime(["2024-01-02", None, "2024-01-03"]).as_unit("us"), "b": pandas.array([True, None, False], dtype="boolean")})
    table = pyarrow.table({"i": pyarrow.array([0, 1, 2, 3], pyarrow.int32()), "f": [0.0, 1.5, None, -1.0], "s": ["zero", "a", None, "üc"], "t": pyarrow.array([0, 1704153600000000, None, 1704240000000000], pyarrow.timestamp("us")), "b": [True, True, None, False]})
    return [frame, frame[::-1][::-1], table.slice(1), pyarrow.concat_tables([table.slice(1, 1), table.slice(2)]), table.to_batches()[0].slice(1), polars.from_arrow(table.slice(1)), polars.from_arrow(table.slice(1)).lazy()]

def append_frames():
    return [db.append("t", frame) for frame in frames()]

def append_odd():
    import decimal, numpy, pandas, pyarrow
    db.append("t", pandas.DataFrame({
        "ns": pandas.to_datetime(["2024-01-02", None]).as_unit("ns"), "zoned": pandas.to_datetime(["2024-01-02", None]).tz_localize("Europe/Berlin"),
        "span": pandas.to_timedelta(["-1h", None]), "cat": pandas.Categorical(["x", None], categories=["w", "x"]), "big": pandas.array([1, None], dtype="Int64"),
        "objects": [[1], None], "mixed": [1, "a"],
    }))
    db.append("t", pyarrow.table({"dec": pyarrow.array([decimal.Decimal("-1.50"), None]), "blob": [b"\\x00", None], "coded": pyarrow.array(["x", None]).dictionary_encode(), "list": [[1], None], "half": pyarrow.array(numpy.array([1.5, 2], "f2"))}))
    db.append("t", {"masked": numpy.ma.array([1, 2], mask=[False, True]), "day": numpy.array(["2024-01-02", "NaT"], "M8[D]"), "step": numpy.arange(4)[::2], "nan": numpy.array([1.5, numpy.nan])})

def parameters():
    import numpy, pandas
    db.execute("p", {"i": numpy.int64(5), "f": numpy.float64(1.5), "b": numpy.bool_(True), "a": numpy.array([1, 2]), "t": pandas.Timestamp("2024-01-02 03:04:05"), "nat": pandas.NaT, "na": pandas.NA, "nan": numpy.nan, "series": pandas.Series([1, 2])})
    db.execute("p", numpy.array([1, 2]))
`;

const seconds = 1_704_164_645; // 2024-01-02T03:04:05
const scalars: readonly TestColumn[] = [
  { name: 'i', type: { id: 'INTEGER' }, layout: 'i4', values: [1, 2] },
  { name: 'in', type: { id: 'INTEGER' }, layout: 'i4', values: [1, null] },
  { name: 'u', type: { id: 'UBIGINT' }, layout: 'u8', values: [2n ** 64n - 1n, 0] },
  { name: 'huge', type: { id: 'HUGEINT' }, layout: 'i16', values: [-5, 2n ** 70n] },
  { name: 'f', type: { id: 'DOUBLE' }, layout: 'f8', values: [1.5, null] },
  { name: 'b', type: { id: 'BOOLEAN' }, layout: 'bool', values: [1, 0] },
  { name: 'bn', type: { id: 'BOOLEAN' }, layout: 'bool', values: [1, null] },
  { name: 'dec', type: { id: 'DECIMAL', width: 9, scale: 2 }, layout: 'i4', values: [-150, null] },
  { name: 'wide', type: { id: 'DECIMAL', width: 38, scale: 2 }, layout: 'i16', values: [-150, null] },
  { name: 's', type: { id: 'VARCHAR' }, layout: 'text', values: ['é', null] },
  { name: 'blob', type: { id: 'BLOB' }, layout: 'blob', values: [Buffer.from([0]), null] },
  { name: 'd', type: { id: 'DATE' }, layout: 'i4', values: [19_724, null] },
  { name: 't', type: { id: 'TIME' }, layout: 'i8', values: [3_723_000_000, null] },
  { name: 'ts', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [seconds * 1e6, null] },
  { name: 'tz', type: { id: 'TIMESTAMPTZ' }, layout: 'i8', values: [seconds * 1e6, null] },
  { name: 'inf', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [2n ** 63n - 1n, 0] },
  { name: 'span', type: { id: 'INTERVAL' }, layout: 'interval', values: [[1, 2, 3], null] },
  { name: 'e', type: { id: 'ENUM', values: ['x', 'y'] }, layout: 'u1', values: [1, null] },
];
const nested: readonly TestColumn[] = [
  { name: 'l', type: { id: 'LIST', item: { id: 'INTEGER' } }, layout: 'json', values: [[1, 2], null] },
  { name: 'doc', type: { id: 'JSON' }, layout: 'json', values: [{ a: 1 }, null] },
  {
    name: 'st',
    type: { id: 'STRUCT', fields: [{ name: 'd', type: { id: 'DATE' } }] },
    layout: 'json',
    values: [{ d: '2024-01-02' }, null],
  },
];
const plain = scalars.filter(({ name }) => ['i', 'f', 's', 'ts', 'dec'].includes(name));
const numbers = Array.from({ length: 25_000 }, (_, row) => row);
const replies: Record<string, object> = {
  scalars: columnReply(scalars),
  finite: columnReply(scalars.filter(({ name }) => name !== 'inf')),
  nested: columnReply(nested),
  plain: columnReply(plain),
  both: columnReply([...plain, ...nested]),
  empty: columnReply([...scalars, ...nested].map(column => ({ ...column, values: [] }))),
  large: columnReply([
    { name: 'n', type: { id: 'INTEGER' }, layout: 'i4', values: numbers },
    { name: 's', type: { id: 'VARCHAR' }, layout: 'text', values: numbers.map(row => `row ${row}`) },
  ]),
};

let guest: TestGuest;
const endpoints = [...code.matchAll(/^def (\w+)\(/gm)].map(match => match[1] ?? '');

describe.skipIf(missing.length > 0)('frames', () => {
  beforeAll(async () => {
    guest = await openGuest({
      files: { [file]: code },
      handlers: endpoints.map(endpoint => ({ file, endpoint, function: endpoint })),
      onExecute: ({ type, sql, count }: Message) =>
        type === 'append' ? { ok: true, value: count } : (replies[String(sql)] ?? replies['empty']),
    });
  });
  afterAll(() => guest.kill());

  const resultOf = async (endpoint: string, args: object = {}) => {
    const { value, error } = await guest.call(endpoint, args);
    expect(error).toBeUndefined();
    return value;
  };

  test('df() has the column types that the duckdb package gives', async () => {
    const value = (await resultOf('df', { sql: 'scalars' })) as Record<string, [string, string[]]>;
    // pandas 3 has a type of its own for text.
    expect(['str', 'object']).toContain(value['s']?.[0]);
    expect({ ...value, s: value['s']?.[1][0] }).toEqual({
      i: ['int32', ['1', '2']],
      in: ['Int32', ['1', '<NA>']],
      u: ['uint64', ['18446744073709551615', '0']],
      huge: ['float64', ['-5.0', '1.1805916207174113e+21']],
      f: ['float64', ['1.5', 'nan']],
      b: ['bool', ['True', 'False']],
      bn: ['boolean', ['True', '<NA>']],
      dec: ['float64', ['-1.5', 'nan']],
      wide: ['float64', ['-1.5', 'nan']],
      s: "'é'",
      blob: ['object', ["b'\\x00'", '<NA>']],
      d: ['datetime64[us]', ["Timestamp('2024-01-02 00:00:00')", 'NaT']],
      t: ['object', ['datetime.time(1, 2, 3)', '<NA>']],
      ts: ['datetime64[us]', ["Timestamp('2024-01-02 03:04:05')", 'NaT']],
      tz: ['datetime64[us, UTC]', ["Timestamp('2024-01-02 03:04:05+0000', tz='UTC')", 'NaT']],
      inf: ['datetime64[us]', ['NaT', "Timestamp('1970-01-01 00:00:00')"]],
      span: ['timedelta64[us]', ["Timedelta('32 days 00:00:00.000003')", 'NaT']],
      e: ['category', ["'y'", 'nan']],
    });
    expect(await resultOf('df', { sql: 'nested' })).toEqual({
      l: ['object', ['array([1, 2], dtype=int32)', '<NA>']],
      doc: ['object', ["{'a': 1}", '<NA>']],
      st: ['object', ["{'d': datetime.date(2024, 1, 2)}", '<NA>']],
    });
  });

  test('fetchnumpy() masks NULLs', async () => {
    expect(await resultOf('fetchnumpy', { sql: 'plain' })).toEqual({
      i: ['ndarray', 'int32', '[1, 2]'],
      f: ['MaskedArray', 'float64', '[1.5, None]'],
      dec: ['MaskedArray', 'float64', '[-1.5, None]'],
      s: ['MaskedArray', 'object', "['é', None]"],
      ts: ['MaskedArray', 'datetime64[us]', '[datetime.datetime(2024, 1, 2, 3, 4, 5), None]'],
    });
  });

  test('arrow() has exact types, and passes its own check', async () => {
    expect(await resultOf('arrow', { sql: 'finite' })).toMatchObject({
      in: ['int32', '[1, None]'],
      u: ['uint64', '[18446744073709551615, 0]'],
      huge: ['decimal128(38, 0)', "[Decimal('-5'), Decimal('1180591620717411303424')]"],
      bn: ['bool', '[True, None]'],
      dec: ['decimal128(9, 2)', "[Decimal('-1.50'), None]"],
      wide: ['decimal128(38, 2)', "[Decimal('-1.50'), None]"],
      s: ['string', "['é', None]"],
      blob: ['binary', "[b'\\x00', None]"],
      d: ['date32[day]', '[datetime.date(2024, 1, 2), None]'],
      t: ['time64[us]', '[datetime.time(1, 2, 3), None]'],
      tz: ['timestamp[us, tz=UTC]', expect.stringContaining('2024, 1, 2, 3, 4, 5')],
      span: ['month_day_nano_interval', '[MonthDayNano(months=1, days=2, nanoseconds=3000), None]'],
      e: ['dictionary<values=string, indices=uint8, ordered=0>', "['y', None]"],
    });
    expect(await resultOf('arrow', { sql: 'nested' })).toEqual({
      l: ['list<item: int32>', '[[1, 2], None]'],
      doc: ['string', `['{"a":1}', None]`],
      st: ['struct<d: date32[day]>', "[{'d': datetime.date(2024, 1, 2)}, None]"],
    });
  });

  test('pl() does too', async () => {
    expect(await resultOf('pl', { sql: 'finite' })).toMatchObject({
      in: ['Int32', '[1, None]'],
      dec: ['Decimal(precision=9, scale=2)', "[Decimal('-1.50'), None]"],
      s: ['String', "['é', None]"],
      d: ['Date', '[datetime.date(2024, 1, 2), None]'],
      span: ["Duration(time_unit='us')", '[datetime.timedelta(days=32, microseconds=3), None]'],
    });
  });

  test('a frame is a copy; it is made of the rows once these were changed', async () => {
    expect(await resultOf('same', { sql: 'both' })).toEqual([[1, 2], true, 77, 'extra', 3, 3, 77]);
  });

  test('a large result becomes a frame without rows; an empty one keeps its columns', async () => {
    const facts = ['LazyRows', 25_000, 25_000, 25_000, 25_000, 312_487_500];
    expect(await resultOf('large')).toEqual([...facts, 'row 24999', 'row 24999', 'row 24999']);
    expect(await resultOf('empty')).toEqual([[0, 21], [0, 21], [0, 21], true]);
  });

  test('a table is appended the same from pandas, pyarrow and polars, slices included', async () => {
    const before = guest.executed.length;
    expect(await resultOf('append_frames')).toEqual(Array(7).fill(3));
    const { ok: _, ...sent } = columnReply([
      { name: 'i', type: { id: 'INTEGER' }, layout: 'i4', values: [1, 2, 3] },
      { name: 'f', type: { id: 'DOUBLE' }, layout: 'f8', values: [1.5, null, -1] },
      { name: 's', type: { id: 'VARCHAR' }, layout: 'text', values: ['a', null, 'üc'] },
      { name: 't', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [1_704_153_600e6, null, 1_704_240_000e6] },
      { name: 'b', type: { id: 'BOOLEAN' }, layout: 'bool', values: [1, null, 0] },
    ]) as { ok: boolean; data: Buffer };
    for (const { count, columns, data } of guest.executed.slice(before)) {
      // Where there is no value, anything may stand.
      expect({ count, columns, bytes: (data as Buffer).length }).toEqual({
        ...withoutData(sent),
        bytes: sent.data.length,
      });
      expect(valuesOf(data as Buffer)).toEqual(valuesOf(sent.data));
    }
  });

  test('odd columns of frames find their types', async () => {
    const before = guest.executed.length;
    await resultOf('append_odd');
    const described = guest.executed.slice(before).flatMap(({ columns }) => columns as TestColumn[]);
    expect(described.map(({ name, type, layout }) => [name, type, layout])).toEqual([
      ['ns', { id: 'TIMESTAMP_NS' }, 'i8'],
      ['zoned', { id: 'TIMESTAMPTZ' }, 'i8'],
      ['span', { id: 'INTERVAL' }, 'interval'],
      ['cat', { id: 'ENUM', values: ['w', 'x'] }, 'u1'],
      ['big', { id: 'BIGINT' }, 'i8'],
      ['objects', { id: 'LIST', item: { id: 'BIGINT' } }, 'json'],
      ['mixed', { id: 'VARCHAR' }, 'text'],
      ['dec', { id: 'DECIMAL', width: 19, scale: 2 }, 'i16'],
      ['blob', { id: 'BLOB' }, 'blob'],
      ['coded', { id: 'VARCHAR' }, 'text'],
      ['list', { id: 'LIST', item: { id: 'BIGINT' } }, 'json'],
      ['half', { id: 'FLOAT' }, 'f4'],
      ['masked', { id: 'BIGINT' }, 'i8'],
      ['day', { id: 'DATE' }, 'i4'],
      ['step', { id: 'BIGINT' }, 'i8'],
      ['nan', { id: 'DOUBLE' }, 'f8'],
    ]);
  });

  test('parameters may be values of numpy and pandas', async () => {
    await resultOf('parameters');
    expect(guest.executed.slice(-2).map(({ params }) => params)).toEqual([
      {
        i: 5,
        f: 1.5,
        b: true,
        a: [1, 2],
        t: '2024-01-02 03:04:05',
        nat: null,
        na: null,
        nan: 'nan',
        series: [1, 2],
      },
      [1, 2],
    ]);
  });
});

function withoutData({ data: _, ...rest }: { readonly data: Buffer }): object {
  return rest;
}

/** The three rows of the table above, read from its bytes. */
function valuesOf(data: Buffer): unknown {
  const where = (at: number) => [...data.subarray(at, at + 3)];
  const [f, s, t, b] = [where(16), where(48), where(80), where(112)];
  return {
    i: [0, 4, 8].map(at => data.readInt32LE(at)),
    f: [f, data.readDoubleLE(24), data.readDoubleLE(40)],
    s: [s, [0, 4, 8, 12].map(at => data.readUInt32LE(56 + at)), data.toString('utf8', 72, 76)],
    t: [t, data.readBigInt64LE(88), data.readBigInt64LE(104)],
    b: [b, data[120], data[122]],
  };
}

function hasPackage(name: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
