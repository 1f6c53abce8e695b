import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { columnReply } from './support/column-batch.ts';
import { type Message, openGuest, type TestGuest, until } from './support/open-guest.ts';

const file = 'python/writes.py';
const code = `
import asyncio, datetime, decimal, gc, uuid
from mxcp.runtime import db

def stream():
    batches = db.stream("numbers", {"min": 1}, batch_rows=2)
    return [[row["n"] for row in batch] for batch in batches] + [list(batches)]

def stream_left():
    with db.stream("numbers") as batches:
        return next(batches)[0]["n"]

def stream_dropped():
    first = next(db.stream("numbers"))
    gc.collect()
    db.execute("after")
    return first[0]["n"]

async def stream_async():
    async with db.stream_async("numbers", batch_rows=3) as batches:
        seen = [batch[0]["n"] async for batch in batches]
    left = db.stream_async("numbers")
    seen.append((await left.__anext__())[0]["n"])
    await left.aclose()
    return seen

async def stream_closed():
    left, begun, unread, ended = db.stream("numbers"), db.stream_async("numbers"), db.stream_async("numbers"), db.stream("numbers")
    left.close()
    await begun.__anext__()
    await begun.aclose()
    await unread.aclose()
    list(ended)
    ended.close()
    errors = []
    for read in (lambda: left.__next__(), lambda: begun.__anext__(), lambda: unread.__anext__()):
        try:
            await read()
        except RuntimeError as error:
            errors.append(str(error))
    return errors + [list(ended)]

def stream_sizes():
    errors = []
    for size in (0, 1.5, True):
        try:
            db.stream("numbers", batch_rows=size)
        except ValueError as error:
            errors.append(str(error))
    return errors

def committed():
    with db.transaction() as tx:
        tx.execute("inside")
        db.execute("by db")
        list(tx.stream("numbers"))
        tx.append("t", [{"a": 1}])
    db.execute("outside")

async def committed_async():
    async with db.transaction() as tx:
        await tx.execute_async("inside")
        await asyncio.gather(db.execute_async("by db"), asyncio.to_thread(db.execute, "by thread"))
        _ = [batch async for batch in tx.stream_async("numbers")]
        await tx.append_async("t", [{"a": 1}])
    await db.execute_async("outside")

def rolled_back():
    try:
        with db.transaction() as tx:
            tx.execute("inside")
            raise KeyError("no")
    except KeyError as error:
        return repr(error)

async def rolled_back_async():
    try:
        async with db.transaction():
            raise KeyError("no")
    except KeyError as error:
        return repr(error)

def conflicting():
    try:
        with db.transaction():
            db.execute("conflict")
    except Exception as error:
        return type(error).__name__

def nested():
    with db.transaction():
        with db.transaction():
            pass

def used_after():
    with db.transaction() as tx:
        pass
    tx.execute("late")

def used_twice():
    tx = db.transaction()
    with tx:
        pass
    with tx:
        pass

def hanging():
    with db.transaction():
        db.execute("never")

def append():
    return db.append("t", [{"a": 1, "b": "x"}, {"b": None, "c": datetime.date(2024, 1, 2)}])

def append_columns():
    return db.append("t", {"a": [1, 2], "é": ["ü", None]})

def register():
    return db.register("frame", [{"a": 1}])

async def append_async():
    return [await db.append_async("t", [{"a": 1}]), await db.register_async("frame", [{"a": 1}])]

async def append_on_loop():
    db.append("t", [{"a": 1}])
    db.register("t", [{"a": 1}])

def kinds():
    utc = datetime.timezone.utc
    return db.append("t", {
        "bool": [True, None], "int": [-1, None], "big": [2**63, None], "huge": [-2**70, None], "float": [1.5, None],
        "mixed numbers": [1, 2.5], "text": ["é", None], "bytes": [b"\\x00\\xff", None],
        "moment": [datetime.datetime(2024, 1, 2, 3, 4, 5, 6), None], "zoned": [datetime.datetime(2024, 1, 2, tzinfo=utc), None],
        "day": [datetime.date(2024, 1, 2), None], "clock": [datetime.time(1, 2, 3), None],
        "span": [datetime.timedelta(days=-1, microseconds=5), None], "exact": [decimal.Decimal("-1.50"), None],
        "id": [uuid.UUID(int=5), None], "list": [[1, 2], None], "tree": [{"a": datetime.date(2024, 1, 2)}, None],
        "mixed": [1, "a"], "nothing": [None, None],
    })

def wrong_rows():
    errors = []
    for rows in ("x", 5, [1], {"a": [1], "b": [1, 2]}, {"a": 1}):
        try:
            db.append("t", rows)
        except (TypeError, ValueError) as error:
            errors.append(type(error).__name__ + ": " + str(error))
    return errors

def no_such():
    return [str(error) for error in (attribute("begin"), attribute("appender"))]

def attribute(name):
    try:
        return getattr(db, name)
    except AttributeError as error:
        return error
`;

const batch = (values: number[]) =>
  columnReply([{ name: 'n', type: { id: 'INTEGER' }, layout: 'i4', values }]) as { data: Buffer };

let batches: object[] = [];
let last = 0;

/** Answers as the host does; streams give two batches of numbers. */
function answer(message: Message): object | undefined {
  switch (message.type) {
    case 'begin':
      last += 1;
      return { ok: true, value: last };
    case 'stream':
      batches = [batch([1, 2]), batch([3])];
      return { ok: true, value: 7 };
    case 'fetch':
      return batches.shift() ?? { ok: true, value: null };
    case 'append':
      return { ok: true, value: message['count'] };
    case 'execute':
      if (message['sql'] === 'never') return undefined;
      if (message['sql'] === 'conflict') {
        return { ok: false, error: { type: 'TransactionContext', message: 'Conflict on update!' } };
      }
      return batch([]);
    default:
      return { ok: true, value: null };
  }
}

let guest: TestGuest;
let asked: string[] = [];
const endpoints = [...code.matchAll(/^(?:async )?def (\w+)\(\)/gm)].map(match => match[1] ?? '');

beforeAll(async () => {
  guest = await openGuest({
    files: { [file]: code },
    handlers: endpoints.map(endpoint => ({ file, endpoint, function: endpoint })),
    onExecute: message => {
      asked.push([message['sql'] ?? message.type, message['how'], message['transaction']].filter(Boolean).join(' '));
      return answer(message);
    },
  });
});
beforeEach(() => {
  asked = [];
  last = 0;
});
afterAll(() => guest.kill());

describe('streams', () => {
  test('give batches until the end, and nothing after it', async () => {
    expect(await guest.call('stream')).toMatchObject({ value: [[1, 2], [3], []] });
    expect(guest.executed.at(-4)).toMatchObject({ type: 'stream', sql: 'numbers', params: { min: 1 }, batchRows: 2 });
    expect(asked).toEqual(['numbers', 'fetch', 'fetch', 'fetch']);
  });

  test('close when their block is left, and when nothing uses them any more', async () => {
    expect(await guest.call('stream_left')).toMatchObject({ value: 1 });
    expect(asked).toEqual(['numbers', 'fetch', 'close-stream']);
    asked = [];
    expect(await guest.call('stream_dropped')).toMatchObject({ value: 1 });
    expect(asked).toEqual(['numbers', 'fetch', 'close-stream', 'after']);
  });

  test('are read with async for too', async () => {
    expect(await guest.call('stream_async')).toMatchObject({ value: [1, 3, 1] });
    expect(asked).toEqual(['numbers', 'fetch', 'fetch', 'fetch', 'numbers', 'fetch', 'close-stream']);
  });

  test('say that they are closed, unless they were read to their end', async () => {
    const closed = 'The stream is closed.';
    expect(await guest.call('stream_closed')).toMatchObject({ value: [closed, closed, closed, []] });
  });

  test('want batches of at least one row', async () => {
    const wrong = (size: string) => `batch_rows must be a whole number of at least 1, not ${size}.`;
    expect(await guest.call('stream_sizes')).toMatchObject({ value: ['0', '1.5', 'True'].map(wrong) });
  });
});

describe('transactions', () => {
  test('take in every statement of their block, and commit', async () => {
    await guest.call('committed');
    expect(asked).toEqual([
      'begin',
      'inside 1',
      'by db 1',
      'numbers 1',
      ...Array(3).fill('fetch'),
      'append append 1',
      'end commit 1',
      'outside',
    ]);
  });

  test('do so in async functions, tasks and threads of theirs', async () => {
    await guest.call('committed_async');
    const [begin, inside, ...rest] = asked;
    expect([begin, inside, ...rest.slice(0, 2).sort()]).toEqual(['begin', 'inside 1', 'by db 1', 'by thread 1']);
    expect(rest.slice(2)).toEqual([
      'numbers 1',
      ...Array(3).fill('fetch'),
      'append append 1',
      'end commit 1',
      'outside',
    ]);
  });

  test('roll back on an exception, which goes on', async () => {
    expect(await guest.call('rolled_back')).toMatchObject({ value: "KeyError('no')" });
    expect(asked).toEqual(['begin', 'inside 1', 'end rollback 1']);
    expect(await guest.call('rolled_back_async')).toMatchObject({ value: "KeyError('no')" });
    expect(asked.slice(3)).toEqual(['begin', 'end rollback 2']);
    expect(await guest.call('conflicting')).toMatchObject({ value: 'TransactionException' });
  });

  test('roll back when the call is cancelled', async () => {
    const { id, answer: ended } = guest.begin('hanging');
    await until(() => asked.includes('never 1'));
    guest.send({ type: 'cancel', id });
    expect(await ended).toMatchObject({ type: 'failure', error: { type: 'Cancelled' } });
    expect(asked).toEqual(['begin', 'never 1', 'end rollback 1']);
  });

  test('stand alone, are for one block, and end with it', async () => {
    const messageOf = async (endpoint: string) => {
      const { error } = (await guest.call(endpoint)) as unknown as { error: { message: string } };
      return error.message;
    };
    expect(await messageOf('nested')).toBe(
      'A transaction is open here already, and DuckDB has none inside another. Statements of this block belong to the open one; leave out the inner `db.transaction()`.',
    );
    expect(asked).toEqual(['begin', 'end rollback 1']);
    expect(await messageOf('used_after')).toBe(
      'The transaction is not open. Use it inside its block: `with db.transaction() as tx:`.',
    );
    expect(await messageOf('used_twice')).toBe('A transaction is for one block. Call db.transaction() again.');
  });
});

/** What was sent, as the reply that would give the same rows. */
function appended(): unknown {
  const { how, table, count, columns, data } = guest.executed.at(-1) ?? ({} as Message);
  return { how, table, count, columns, data };
}

function expected(how: string, table: string, columns: Parameters<typeof columnReply>[0]): unknown {
  const { ok: _, ...rest } = columnReply(columns) as { ok: boolean };
  return { how, table, ...rest };
}

describe('append', () => {
  test('sends dicts as columns, with NULL for what a dict does not have', async () => {
    expect(await guest.call('append')).toMatchObject({ value: 2 });
    expect(appended()).toEqual(
      expected('append', 't', [
        { name: 'a', type: { id: 'BIGINT' }, layout: 'i8', values: [1, null] },
        { name: 'b', type: { id: 'VARCHAR' }, layout: 'text', values: ['x', null] },
        { name: 'c', type: { id: 'DATE' }, layout: 'i4', values: [null, 19_724] },
      ]),
    );
  });

  test('takes a dict of columns; register sends the same', async () => {
    expect(await guest.call('append_columns')).toMatchObject({ value: 2 });
    expect(appended()).toEqual(
      expected('append', 't', [
        { name: 'a', type: { id: 'BIGINT' }, layout: 'i8', values: [1, 2] },
        { name: 'é', type: { id: 'VARCHAR' }, layout: 'text', values: ['ü', null] },
      ]),
    );
    const one = [{ name: 'a', type: { id: 'BIGINT' }, layout: 'i8', values: [1] }];
    expect(await guest.call('register')).toMatchObject({ value: 1 });
    expect(appended()).toEqual(expected('register', 'frame', one));
    expect(await guest.call('append_async')).toMatchObject({ value: [1, 1] });
    expect(appended()).toEqual(expected('register', 'frame', one));
  });

  test('finds the DuckDB type that Python values have together', async () => {
    expect(await guest.call('kinds')).toMatchObject({ value: 2 });
    const moment = 1_704_164_645_000_006;
    expect(appended()).toEqual(
      expected('append', 't', [
        { name: 'bool', type: { id: 'BOOLEAN' }, layout: 'bool', values: [1, null] },
        { name: 'int', type: { id: 'BIGINT' }, layout: 'i8', values: [-1, null] },
        { name: 'big', type: { id: 'UBIGINT' }, layout: 'u8', values: [2n ** 63n, null] },
        { name: 'huge', type: { id: 'HUGEINT' }, layout: 'i16', values: [-(2n ** 70n), null] },
        { name: 'float', type: { id: 'DOUBLE' }, layout: 'f8', values: [1.5, null] },
        { name: 'mixed numbers', type: { id: 'DOUBLE' }, layout: 'f8', values: [1, 2.5] },
        { name: 'text', type: { id: 'VARCHAR' }, layout: 'text', values: ['é', null] },
        { name: 'bytes', type: { id: 'BLOB' }, layout: 'blob', values: [Buffer.from([0, 255]), null] },
        { name: 'moment', type: { id: 'TIMESTAMP' }, layout: 'i8', values: [moment, null] },
        { name: 'zoned', type: { id: 'TIMESTAMPTZ' }, layout: 'i8', values: [1_704_153_600_000_000, null] },
        { name: 'day', type: { id: 'DATE' }, layout: 'i4', values: [19_724, null] },
        { name: 'clock', type: { id: 'TIME' }, layout: 'i8', values: [3_723_000_000, null] },
        { name: 'span', type: { id: 'INTERVAL' }, layout: 'interval', values: [[0, -1, 5], null] },
        { name: 'exact', type: { id: 'DECIMAL', width: 18, scale: 2 }, layout: 'json', values: ['-1.50', null] },
        { name: 'id', type: { id: 'UUID' }, layout: 'json', values: ['00000000-0000-0000-0000-000000000005', null] },
        { name: 'list', type: { id: 'LIST', item: { id: 'BIGINT' } }, layout: 'json', values: [[1, 2], null] },
        { name: 'tree', type: { id: 'JSON' }, layout: 'json', values: [{ a: '2024-01-02' }, null] },
        { name: 'mixed', type: { id: 'VARCHAR' }, layout: 'text', values: ['1', 'a'] },
        { name: 'nothing', type: { id: 'NULL' }, layout: 'json', values: [null, null] },
      ]),
    );
  });

  test('refuses what is no table', async () => {
    const form = 'takes a list of dicts, a data frame, a pyarrow Table or a dict of columns';
    expect((await guest.call('wrong_rows'))['value']).toEqual([
      `TypeError: db.append ${form}, not str.`,
      `TypeError: db.append ${form}, not int.`,
      'TypeError: db.append takes a list of dicts; item 0 is int.',
      'ValueError: The columns of db.append differ in length: a has 1 values, b 2.',
      'TypeError: The column a of db.append is no list or array but int.',
    ]);
  });

  test('warns on an event loop, each form by its own name', async () => {
    const { id, answer: done } = guest.begin('append_on_loop');
    await done;
    expect(guest.logs.filter(({ call }) => call === id).map(({ text }) => String(text).split('. ')[1])).toEqual([
      'Use `await db.append_async(...)` there.',
      'Use `await db.register_async(...)` there.',
    ]);
  });
});

test('names that db does not have say what to use', async () => {
  expect(await guest.call('no_such')).toMatchObject({
    value: ['There is no db.begin. Use `with db.transaction():`.', 'db has no appender. Use db.execute(sql, params).'],
  });
});
