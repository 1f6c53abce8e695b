import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGuest, type TestGuest, until } from './support/open-guest.ts';

const file = 'python/noise.py';
const code = `
import asyncio, logging, multiprocessing, os, subprocess, sys, threading

def talk(who):
    print("hello", who)
    print("to stderr", who, file=sys.stderr)
    logging.getLogger("app.db").warning("logged %s", who)
    sys.stdout.buffer.write(b"bytes\\n")
    sys.stdout.write("no line break")
    return who

async def talk_async(who):
    print("before", who)
    await asyncio.sleep(0.01)
    await asyncio.gather(step(who, 1), step(who, 2))
    await asyncio.to_thread(print, "thread", who)
    return who

async def step(who, number):
    await asyncio.sleep(0.001)
    print("step", number, who)

def background():
    thread = threading.Thread(target=print, args=("from a thread",))
    thread.start()
    thread.join()

def raw():
    os.write(1, b"raw write\\n")
    subprocess.run([sys.executable, "-c", "print('from a subprocess')"])
    subprocess.run([sys.executable, "-c", "import sys; print('with stdout', file=sys.stderr)"], stdout=sys.stdout)

def inherited():
    script = "import os\\nfor n in range(3, 20):\\n    try: os.fstat(n); print('open', n)\\n    except OSError: pass"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, close_fds=False).stdout

def forked():
    child = multiprocessing.get_context("fork").Process(target=print, args=("from a fork",))
    child.start()
    child.join()
    return child.exitcode

def flood():
    for number in range(200_000):
        print(number)
    return "done"
`;

let guest: TestGuest;
const endpoints = ['talk', 'talk_async', 'background', 'raw', 'inherited', 'forked', 'flood'];

beforeAll(async () => {
  guest = await openGuest({ files: { [file]: code }, handlers: endpoints.map(endpoint => ({ file, endpoint })) });
});
afterAll(() => guest.kill());

test('attributes everything a handler writes to its call, before the answer', async () => {
  const { id, answer } = guest.begin('talk', { who: 'me' });
  await answer;
  expect(guest.logs.filter(({ call }) => call === id)).toEqual([
    { type: 'log', level: 'info', text: 'hello me', logger: 'print', call: id },
    { type: 'log', level: 'warning', text: 'to stderr me', logger: 'print', call: id },
    { type: 'log', level: 'warning', text: 'logged me', logger: 'app.db', call: id },
    { type: 'log', level: 'info', text: 'bytes', logger: 'print', call: id },
    { type: 'log', level: 'info', text: 'no line break', logger: 'print', call: id },
  ]);
});

test('keeps the lines of 50 concurrent calls apart', async () => {
  const calls = Array.from({ length: 50 }, (_, index) =>
    guest.begin(index % 2 === 0 ? 'talk' : 'talk_async', { who: `caller-${index}` }),
  );
  await Promise.all(calls.map(({ answer }) => answer));
  for (const [index, { id }] of calls.entries()) {
    const lines = guest.logs.filter(({ call }) => call === id).map(({ text }) => text);
    const who = `caller-${index}`;
    expect([...lines].sort()).toEqual(
      index % 2 === 0
        ? ['bytes', `hello ${who}`, `logged ${who}`, 'no line break', `to stderr ${who}`]
        : [`before ${who}`, `step 1 ${who}`, `step 2 ${who}`, `thread ${who}`],
    );
  }
});

test('a thread that user code starts has no call', async () => {
  await guest.call('background');
  await until(() => guest.logs.some(({ text }) => text === 'from a thread'));
  expect(guest.logs.find(({ text }) => text === 'from a thread')).toEqual({
    type: 'log',
    level: 'info',
    text: 'from a thread',
    logger: 'print',
  });
});

test('raw writes and subprocesses reach the inherited descriptors, never the wire', async () => {
  expect(await guest.call('raw')).toMatchObject({ type: 'result', value: null });
  await until(() => guest.raw.text.includes('with stdout'));
  expect(guest.raw.text.trim().split('\n').sort()).toEqual(['from a subprocess', 'raw write', 'with stdout']);
});

test('a subprocess inherits no descriptor of the wire', async () => {
  expect(await guest.call('inherited')).toMatchObject({ value: '' });
});

test('a forked child prints without touching the wire', async () => {
  expect(await guest.call('forked')).toMatchObject({ value: 0 });
  await until(() => guest.raw.text.includes('from a fork'));
});

test('a flood of lines costs lines, not answers', async () => {
  const flood = guest.begin('flood');
  expect(await guest.call('talk', { who: 'beside' })).toMatchObject({ value: 'beside' });
  expect(await flood.answer).toMatchObject({ value: 'done' });
});
