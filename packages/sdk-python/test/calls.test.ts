import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGuest, type TestGuest, until } from './support/open-guest.ts';

const file = 'python/work.py';
const code = `
import asyncio, datetime, functools, os, sys, threading, time
from mxcp.runtime import Cancelled, UserError

barrier = threading.Barrier(20)
seen = []

def echo(**args):
    return args

def types(**args):
    return {name: repr(value) for name, value in args.items()}

def meet():
    barrier.wait(20)
    return "met"

def forking(code):
    from mxcp.runtime import db
    child = os.fork()
    if child == 0:
        if code == "database":
            db.execute("select 1")
        if code is not None:
            sys.exit(code)
        return "a fork must not answer"
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def close_everything():
    os.closerange(3, 100)
    return "who hears this?"

def endless():
    print("running")
    while True:
        pass

def sleeping():
    while True:
        time.sleep(0.01)

def noisy():
    while True:
        print("tick")

def cleaning():
    print("running")
    try:
        while True:
            pass
    finally:
        print("cleaned up")
        seen.append("cleaned")

def swallowing():
    print("running")
    while True:
        try:
            while True:
                time.sleep(0.001)
        except Exception:
            pass

async def waiting():
    print("running")
    try:
        await asyncio.sleep(3600)
    finally:
        seen.append("task cancelled")

async def blocking():
    print("running")
    while True:
        pass

def what_was_seen():
    return seen

async def nap():
    await asyncio.sleep(0.05)
    return "slept"

async def real():
    return "awaited"

def wrapped():
    return real()

partial_real = functools.partial(real)

async def items():
    yield 1
    yield 2

def fail():
    return inner({})

def inner(mapping):
    return mapping["missing"]

async def fail_async():
    raise ValueError("async failure")

def chained():
    try:
        inner({})
    except KeyError as error:
        raise RuntimeError("outer") from error

def fail_for_user():
    raise UserError("There is no airport XYZ.")

def leave():
    sys.exit(3)

async def leave_async():
    sys.exit(3)

def crash():
    os._exit(3)
`;

let guest: TestGuest;
const names = [...code.matchAll(/^(?:async )?def (\w+)|^(\w+) = functools/gm)].map(match => match[1] ?? match[2] ?? '');

beforeAll(async () => {
  guest = await openGuest({
    files: { [file]: code },
    handlers: [
      ...names.map(endpoint => ({ file, endpoint })),
      {
        file,
        endpoint: 'formatted',
        function: 'types',
        parameters: [
          { name: 'date', format: 'date' },
          { name: 'time', format: 'time' },
          { name: 'moment', format: 'date-time' },
          { name: 'local', format: 'date-time' },
          { name: 'stamp', format: 'timestamp' },
          { name: 'mail', format: 'email' },
          { name: 'none', format: 'date' },
        ],
      },
    ],
  });
});
afterAll(() => guest.kill());

const started = (id: number) => until(() => guest.logs.some(({ call, text }) => call === id && text === 'running'));

describe('arguments', () => {
  test('arrive by name, as JSON has them', async () => {
    const args = { a: 1, b: [1.5, null], class: { from: 'x' }, t: '2024-01-02' };
    expect(await guest.call('echo', args)).toMatchObject({ value: args });
  });

  test('become dates and times where the declared format says so', async () => {
    const answer = await guest.call('formatted', {
      date: '2024-02-29',
      time: '03:04:05.25',
      moment: '2024-01-02T03:04:05Z',
      local: '2024-01-02 03:04',
      stamp: '1700000000.5',
      mail: 'a@b.c',
      none: null,
    });
    expect(answer['value']).toEqual({
      date: 'datetime.date(2024, 2, 29)',
      time: 'datetime.time(3, 4, 5, 250000)',
      moment: 'datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)',
      local: 'datetime.datetime(2024, 1, 2, 3, 4)',
      stamp: 'datetime.datetime(2023, 11, 14, 22, 13, 20, 500000, tzinfo=datetime.timezone.utc)',
      mail: "'a@b.c'",
      none: 'None',
    });
  });
});

describe('many calls at once', () => {
  test('20 plain functions run side by side', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => guest.call('meet')));
    expect(answers.map(({ value }) => value)).toEqual(Array(20).fill('met'));
  });

  test('200 plain and 200 async calls all get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        guest.call(index % 2 === 0 ? 'echo' : 'nap', index % 2 === 0 ? { index } : {}),
      ),
    );
    expect(answers.map(({ value }) => value)).toEqual(
      Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? { index } : 'slept')),
    );
  });

  test.each([
    ['wrapped', 'awaited'],
    ['partial_real', 'awaited'],
    ['items', [1, 2]],
  ])('%s, which gives an awaitable in disguise, is awaited', async (endpoint, value) => {
    expect(await guest.call(endpoint)).toMatchObject({ type: 'result', value });
  });
});

describe('cancellation', () => {
  const cancelled = { type: 'Cancelled', message: 'The call was cancelled.' };

  test.each(['endless', 'swallowing', 'cleaning', 'waiting'])('ends %s', async endpoint => {
    const { id, answer } = guest.begin(endpoint);
    await started(id);
    guest.send({ type: 'cancel', id });
    expect(await answer).toEqual({ type: 'failure', id, error: cancelled });
  });

  test('runs the cleanup of both kinds of function, prints included', async () => {
    expect((await guest.call('what_was_seen'))['value']).toEqual(['cleaned', 'task cancelled']);
    expect(guest.logs.filter(({ text }) => text === 'cleaned up')).toHaveLength(1);
  });

  test('ends functions that spend their time in print, without harm to the wire', async () => {
    for (let round = 0; round < 10; round++) {
      const { id, answer } = guest.begin('noisy');
      await until(() => guest.logs.some(({ call }) => call === id));
      guest.send({ type: 'cancel', id });
      expect(await answer).toEqual({ type: 'failure', id, error: cancelled });
    }
    expect(await guest.call('echo', { still: 'alive' })).toMatchObject({ value: { still: 'alive' } });
  });

  test.each(['waiting', 'endless', 'echo', 'wrapped'])(
    'of %s in the moment it begins still gives one answer',
    async endpoint => {
      for (let round = 0; round < 50; round++) {
        const { id, answer } = guest.begin(endpoint);
        guest.send({ type: 'cancel', id });
        expect(['result', 'failure']).toContain((await answer).type);
      }
    },
  );

  test('of an unknown or finished call does nothing', async () => {
    const { id, answer } = guest.begin('echo');
    await answer;
    guest.send({ type: 'cancel', id });
    guest.send({ type: 'cancel', id: 999_999 });
    expect(await guest.call('echo')).toMatchObject({ value: {} });
  });

  test('of a call that waits for a free thread ends it at once', async () => {
    const running = Array.from({ length: 64 }, () => guest.begin('sleeping'));
    const queued = guest.begin('sleeping');
    guest.send({ type: 'cancel', id: queued.id });
    expect(await queued.answer).toEqual({ type: 'failure', id: queued.id, error: cancelled });
    for (const { id } of running) guest.send({ type: 'cancel', id });
    const answers = await Promise.all(running.map(({ answer }) => answer));
    expect(answers.map(({ error }) => error)).toEqual(Array(64).fill(cancelled));
    expect(await guest.call('echo', { still: 'alive' })).toMatchObject({ value: { still: 'alive' } });
  });
});

describe('failures', () => {
  const stackOf = (answer: { readonly [key: string]: unknown }) =>
    (answer['error'] as { stack: string }).stack.replaceAll(guest.root, '<root>');

  test('carry type, message and a stack at the lines of the author only', async () => {
    const answer = await guest.call('fail');
    expect(answer).toMatchObject({ type: 'failure', error: { type: 'KeyError', message: "'missing'" } });
    const lines = code.split('\n');
    expect(stackOf(answer).replace(/^ +[~^]+\n/gm, '')).toBe(
      [
        'Traceback (most recent call last):',
        `  File "<root>/python/work.py", line ${lines.indexOf('    return inner({})') + 1}, in fail`,
        '    return inner({})',
        `  File "<root>/python/work.py", line ${lines.indexOf('    return mapping["missing"]') + 1}, in inner`,
        '    return mapping["missing"]',
        "KeyError: 'missing'",
      ].join('\n'),
    );
  });

  test('of async functions carry the same', async () => {
    expect(await guest.call('fail_async')).toMatchObject({ error: { type: 'ValueError', message: 'async failure' } });
  });

  test('show the causes first', async () => {
    expect(stackOf(await guest.call('chained'))).toMatch(
      /KeyError: 'missing'\n\nThe above exception led to:\n\nTraceback[\s\S]*RuntimeError: outer$/,
    );
  });

  test('that are meant for the caller say so', async () => {
    expect(await guest.call('fail_for_user')).toMatchObject({
      error: { type: 'UserError', message: 'There is no airport XYZ.', isForUser: true },
    });
  });

  test.each(['leave', 'leave_async'])('%s: sys.exit ends the call, not the guest', async endpoint => {
    expect(await guest.call(endpoint)).toMatchObject({
      type: 'failure',
      error: { type: 'SystemExit', message: 'The code called sys.exit(3).' },
    });
  });
});

test('answers a ping while plain functions are stuck, and not while the loop is', async () => {
  const stuck = guest.begin('endless');
  await started(stuck.id);
  const pong = guest.next('pong');
  guest.send({ type: 'ping', id: 7 });
  expect(await pong).toEqual({ type: 'pong', id: 7 });
  guest.send({ type: 'cancel', id: stuck.id });
  await stuck.answer;

  const blocked = guest.begin('blocking');
  blocked.answer.catch(() => {});
  await started(blocked.id);
  guest.send({ type: 'ping', id: 8 });
  const answered = await Promise.race([guest.next('pong').catch(() => 'ended'), guest.call('echo')]);
  expect(answered).toMatchObject({ type: 'result' });
});

test.each([
  [null, 0],
  [3, 3],
  ['a reason', 1],
  ['database', 1],
])('a process that a handler forks ends where the handler ends, with %j as %i', async (code, expected) => {
  expect(await guest.call('forking', { code })).toMatchObject({ type: 'result', value: expected });
});

test('a guest whose wire was closed by its own code ends at once', async () => {
  const other = await openGuest({ files: { [file]: code }, handlers: [{ file, endpoint: 'close_everything' }] });
  // With 0 where the reading thread finds the wire closed first, with 1 where the answer does.
  await expect(other.call('close_everything')).rejects.toThrow(/The guest ended with [01]/);
});
