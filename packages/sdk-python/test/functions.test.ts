import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openGuest, python, type TestGuest } from './support/open-guest.ts';

const file = 'python/app.py';
const source = fileURLToPath(new URL('../src', import.meta.url));

/** A guest with one unlisted plug-in that is given as its source. */
function withPlugin(code: string, extra: Partial<Parameters<typeof openGuest>[0]> = {}): Promise<TestGuest> {
  return openGuest({
    files: { [file]: 'def app(): pass\n', 'plugins/p.py': code, ...extra.files },
    handlers: [{ file, endpoint: 'app' }],
    plugins: [{ file: 'p.py' }],
    ...(extra.onExecute && { onExecute: extra.onExecute }),
  });
}

const applied = (values: string) => `{"type":"applied","id":0,"values":${values}}`;
const messageOf = (line: string) => (JSON.parse(line) as { error: { message: string } }).error.message;

test('values arrive as Python has them and go back as the wire has them, by declared type', async () => {
  const guest = await withPlugin(`
import datetime as dt, uuid
from decimal import Decimal
def show(x) -> str: return repr(x)
TYPES = ["BOOLEAN", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL(10,2)", "VARCHAR", "BLOB", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "INTERVAL", "UUID", "INTEGER[]", "MAP(VARCHAR, DATE)", "STRUCT(a DATE, b DECIMAL(4,1)[])", "JSON"]
def register_functions(conn):
    for i, t in enumerate(TYPES):
        conn.create_function(f"show{i}", show, [t], "VARCHAR")
        conn.create_function(f"same{i}", lambda x: x, [t], t)
`);
  const cases: readonly (readonly [json: unknown, shown: string])[] = [
    [true, 'True'],
    [-5, '-5'],
    ['170141183460469231731687303715884105727', '170141183460469231731687303715884105727'],
    [5, '5.0'],
    ['12.30', "Decimal('12.30')"],
    ['a\n"é"', `'a\\n"é"'`],
    ['AAH/', "b'\\x00\\x01\\xff'"],
    ['2024-01-02', 'datetime.date(2024, 1, 2)'],
    ['01:02:03.5', 'datetime.time(1, 2, 3, 500000)'],
    ['2024-01-02T03:04:05', 'datetime.datetime(2024, 1, 2, 3, 4, 5)'],
    ['2024-01-02T03:04:05+00:00', 'datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)'],
    ['P1DT2H', 'datetime.timedelta(days=1, seconds=7200)'],
    ['5f0c2c06-9d5c-4c1b-9d1e-0f3a6b1f2a3b', "UUID('5f0c2c06-9d5c-4c1b-9d1e-0f3a6b1f2a3b')"],
    [[1, null, 3], '[1, None, 3]'],
    [[['k', '2024-01-02']], "{'k': datetime.date(2024, 1, 2)}"],
    [{ a: '2024-01-02', b: ['1.5', null] }, "{'a': datetime.date(2024, 1, 2), 'b': [Decimal('1.5'), None]}"],
    [{ x: [1, 'y'] }, "{'x': [1, 'y']}"],
  ];
  for (const [index, [json, shown]] of cases.entries()) {
    expect(JSON.parse(await guest.apply(`show${index}`, [[json, null]]))).toMatchObject({ values: [shown, null] });
    const back = JSON.parse(await guest.apply(`same${index}`, [[json]])) as { values: unknown[] };
    // 3.10 reads an offset that is written with a Z or without minutes, and writes it in full.
    expect(back.values, String(shown)).toEqual([json === '01:02:03.5' ? '01:02:03.500000' : json]);
  }
  guest.kill();
});

test('results are fitted to their type where nothing is lost, and refused where something would be', () => {
  const script = `
import json, sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from mxcp_guest.function_results import ResultWriter
from mxcp_guest.sql_types import parse_sql_type
@dataclass
class Place:
    a: int
class Color(Enum): RED = "red"
class Text(str): pass
east = timezone(timedelta(hours=2))
cases = [
    ("BIGINT", [1, True, 2.0, Decimal(3), None, 2**62]), ("BIGINT", [1.5]), ("BIGINT", ["1"]), ("INTEGER", [2**31]), ("UTINYINT", [-1]), ("UTINYINT", [255, None]),
    ("DOUBLE", [1, 1.5, float("nan"), float("inf"), Decimal("2.5"), None]), ("DOUBLE", ["1"]),
    ("DECIMAL(5,2)", [Decimal("1.005"), 1, 1.1, float("nan"), Decimal("-0.001")]), ("DECIMAL(3,2)", [Decimal("10")]), ("DECIMAL(38,0)", [10**37]),
    ("VARCHAR", ["a", Text("b"), 1, 1.5, True, Decimal("1.10"), date(2024,1,2), Color.RED]), ("VARCHAR", [["a"]]), ("VARCHAR", ["\\ud800"]),
    ("BOOLEAN", [True, 0, 1]), ("BOOLEAN", ["yes"]), ("BLOB", [b"a", bytearray(b"b"), "c"]), ("BLOB", [5]),
    ("DATE", [date(2024,1,2), datetime(2024,1,2,3), "infinity"]), ("DATE", [5]),
    ("TIMESTAMP", [datetime(2024,1,2,3), date(2024,1,2), datetime(2024,1,2,3,tzinfo=east)]), ("TIMESTAMPTZ", [datetime(2024,1,2,3,tzinfo=east)]),
    ("INTERVAL", [timedelta(days=-1, seconds=1)]), ("HUGEINT", [2**100]),
    ("INTEGER[]", [[1, None], (2,), range(2)]), ("INTEGER[]", ["ab"]), ("INTEGER[]", [["a"]]),
    ("STRUCT(a INTEGER)", [{"a": 1}, Place(2), {}]), ("STRUCT(a INTEGER)", [{"b": 1}]), ("STRUCT(a INTEGER)", [5]),
    ("MAP(VARCHAR, INTEGER)", [{"a": 1}]), ("JSON", [{"d": date(2024,1,2)}, [1]]),
]
for type_, values in cases:
    try: print(type_, ResultWriter(parse_sql_type(type_)).write(values).decode())
    except TypeError as error: print(type_, error)
`;
  const output = execFileSync(python, ['-B', '-c', script], {
    env: { ...process.env, PYTHONPATH: source, PYTHONIOENCODING: 'utf-8' },
    encoding: 'utf8',
  });
  expect(output.trimEnd().split('\n')).toEqual([
    'BIGINT [1,1,2,3,null,4611686018427387904]',
    'BIGINT It returned a value of type float, which is no BIGINT.',
    'BIGINT It returned a value of type str, which is no BIGINT.',
    'INTEGER It returned 2147483648, which is no INTEGER.',
    'UTINYINT It returned -1, which is no UTINYINT.',
    'UTINYINT [255,null]',
    'DOUBLE [1.0,1.5,null,null,2.5,null]',
    'DOUBLE It returned a value of type str, which is no DOUBLE.',
    'DECIMAL(5,2) ["1.01","1.00","1.10",null,"0.00"]',
    'DECIMAL(3,2) It returned 10, which is no DECIMAL(3,2).',
    'DECIMAL(38,0) ["10000000000000000000000000000000000000"]',
    'VARCHAR ["a","b","1","1.5","true","1.10","2024-01-02","red"]',
    'VARCHAR It returned a value of type list, which is no VARCHAR.',
    'VARCHAR ["\\ud800"]',
    'BOOLEAN [true,false,true]',
    'BOOLEAN It returned a value of type str, which is no BOOLEAN.',
    'BLOB ["YQ==","Yg==","Yw=="]',
    'BLOB It returned a value of type int, which is no BLOB.',
    'DATE ["2024-01-02","2024-01-02","infinity"]',
    'DATE It returned a value of type int, which is no DATE.',
    'TIMESTAMP ["2024-01-02T03:00:00","2024-01-02T00:00:00","2024-01-02T01:00:00"]',
    'TIMESTAMPTZ ["2024-01-02T03:00:00+02:00"]',
    'INTERVAL ["-PT23H59M59S"]',
    'HUGEINT ["1267650600228229401496703205376"]',
    'INTEGER[] [[1,null],[2],[0,1]]',
    'INTEGER[] It returned a value of type str, which is no LIST.',
    'INTEGER[] It returned a value of type str, which is no INTEGER.',
    'STRUCT(a INTEGER) [{"a":1},{"a":2},{"a":null}]',
    "STRUCT(a INTEGER) It returned a dict with the key 'b', which its declared type does not have.",
    'STRUCT(a INTEGER) It returned a value of type int, which is no STRUCT.',
    'MAP(VARCHAR, INTEGER) [[["a",1]]]',
    'JSON [{"d":"2024-01-02"},[1]]',
  ]);
});

test('NULLs: skipped, or passed to functions that ask for them; errors end the statement, or become NULL', async () => {
  const guest = await withPlugin(`
def both(a: int, b: int) -> int: return (a or 0) + (b or 0)
def inverse(x: int) -> float: return 1 / x
def wrong(x: int) -> int: return "no"
async def later(): return 1
def hidden(x: int) -> int: return later()
def noisy(x: int) -> int:
    print("at", x)
    return x
def none() -> int: return 7
def register_functions(conn):
    conn.create_function("skips", both).create_function("passes", both, null_handling="special")
    conn.create_function("inverse", inverse).create_function("safe", inverse, exception_handling="return_null")
    for function in (wrong, hidden, noisy, none): conn.create_function(function.__name__, function)
`);
  const columns = [
    [1, null, 3],
    [1, 2, null],
  ];
  expect(await guest.apply('skips', columns)).toBe(applied('[2,null,null]'));
  expect(await guest.apply('passes', columns)).toBe(applied('[2,2,3]'));
  expect(await guest.apply('safe', [[2, 0]])).toBe(applied('[0.5,null]'));
  expect(await guest.apply('none', [])).toBe(applied('[7]'));
  expect(messageOf(await guest.apply('inverse', [[2, 0]]))).toBe('ZeroDivisionError: division by zero');
  expect(guest.logs.map(({ level, text }) => [level, String(text).replaceAll(guest.root, '<root>')])).toEqual([
    [
      'warning',
      expect.stringMatching(
        /^The SQL function inverse failed\.\nTraceback .*\n {2}File "<root>\/\S+", line 3, in inverse\n/,
      ),
    ],
  ]);
  expect(messageOf(await guest.apply('wrong', [[1]]))).toBe('It returned a value of type str, which is no BIGINT.');
  expect(messageOf(await guest.apply('hidden', [[1]]))).toBe(
    'It returned an awaitable; a SQL function cannot be async.',
  );
  guest.logs.splice(0);
  expect(await guest.apply('noisy', [[1, 2]])).toBe(applied('[1,2]'));
  expect(guest.logs.map(({ text, call }) => [text, typeof call])).toEqual([
    ['at 1', 'number'],
    ['at 2', 'number'],
  ]);
  guest.kill();
});

test('a function that asks the host for something gets a clear error, and has no call', async () => {
  const guest = await withPlugin(`
from mxcp.runtime import context, db, mcp, session, reload_duckdb
def attempt(which: str) -> str:
    try: return str({"db": lambda: db.execute("select 1"), "context": lambda: context.user, "session": session.keys, "reload": reload_duckdb, "mcp": lambda: mcp.info("x")}[which]())
    except RuntimeError as error: return str(error)
def register_functions(conn): conn.create_function("attempt", attempt)
`);
  const where =
    'works only while a handler runs, also in tasks and asyncio.to_thread that it starts: there is no call in hooks, in SQL functions and in threads of your own.';
  const values = JSON.parse(await guest.apply('attempt', [['db', 'context', 'session', 'reload']])) as object;
  expect(values).toMatchObject({
    values: [
      'db.execute cannot be used inside a SQL function: the database is waiting for it.',
      `context.user ${where}`,
      `session ${where}`,
      `reload_duckdb ${where}`,
    ],
  });
  expect(await guest.apply('attempt', [['mcp']])).toMatch(/^{"type":"applied"/);
  expect(guest.told).toEqual([]);
  guest.kill();
});

test('functions run while every place for calls is taken, several at once', async () => {
  const guest = await openGuest({
    files: {
      [file]: 'import threading\ngo = threading.Event()\ndef wait(): go.wait()\n',
      'plugins/p.py': `
import threading
barrier = threading.Barrier(3)
def meet(x: int) -> int:
    barrier.wait(20)
    return x
def release(x: int) -> int:
    import app
    app.go.set()
    return x
def register_functions(conn): conn.create_function("meet", meet).create_function("release", release)
`,
    },
    handlers: [{ file, endpoint: 'wait' }],
    plugins: [{ file: 'p.py' }],
  });
  const calls = Array.from({ length: 70 }, () => guest.call('wait'));
  const met = await Promise.all([1, 2, 3].map(n => guest.apply('meet', [[n]])));
  expect(met).toEqual([1, 2, 3].map(n => applied(`[${n}]`)));
  await guest.apply('release', [[1]]);
  expect((await Promise.all(calls)).map(({ type }) => type)).toEqual(Array(70).fill('result'));
  guest.kill();
});

test('a cancelled chunk ends at its next step', async () => {
  const guest = await withPlugin(`
def spin(x: int) -> int:
    print("spinning")
    while True: pass
def register_functions(conn): conn.create_function("spin", spin)
`);
  const answer = guest.apply('spin', [[1]]);
  while (!guest.logs.some(({ text }) => text === 'spinning')) await new Promise(resolve => setTimeout(resolve, 10));
  guest.send({ type: 'cancel', id: 1 });
  expect(JSON.parse(await answer)).toMatchObject({ type: 'failure', error: { type: 'Cancelled' } });
  guest.kill();
});
