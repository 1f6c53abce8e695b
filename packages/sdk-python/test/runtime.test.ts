import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { columnReply } from './support/column-batch.ts';
import { openGuest, python } from './support/open-guest.ts';

const file = 'python/app.py';
const source = fileURLToPath(new URL('../src', import.meta.url));

test('hooks run in order after all modules, backwards at the end, with database and configuration', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import asyncio
from mxcp.runtime import config, db, on_init, on_shutdown
log = [db.execute("while loading")[0]["n"]]
@on_init
def first(): log.append("first"); log.append(db.execute("in a hook")[0]["n"])
@on_init
async def second():
    global lock
    lock = asyncio.Lock()
    await asyncio.sleep(0); log.append((await db.execute_async("x"))[0]["n"])
@on_init
def broken(): raise ValueError("no model")
@on_shutdown
def last(): print("last", config.get_setting("project"), db.execute("bye")[0]["n"])
@on_shutdown
async def bad(): raise KeyError("x")
@on_shutdown
def earlier(): print("earlier")
async def events():
    async with lock:
        return log
`,
      'python/b_later.py':
        'import app\nfrom mxcp.runtime import on_init\n@on_init\ndef later(): app.log.append("later")\n',
    },
    handlers: [{ file, endpoint: 'events' }],
    config: { site: { project: 'flights' } },
    onExecute: () => columnReply([{ name: 'n', type: { id: 'INTEGER' }, layout: 'i4', values: [7] }]),
  });
  const { hooks, ...rest } = guest.started as unknown as { hooks: Record<string, string>[] };
  expect(rest).toEqual({ type: 'started', modules: [], handlers: [], plugins: [], functions: [] });
  expect(hooks.map(({ stack: _, ...hook }) => hook)).toEqual([
    { type: 'ValueError', message: 'no model', hook: 'broken' },
  ]);
  expect(await guest.call('events')).toMatchObject({ value: [7, 'first', 7, 7, 'later'] });
  expect(guest.executed.map(({ sql, call }) => [sql, call])).toEqual([
    ['while loading', undefined],
    ['in a hook', undefined],
    ['x', undefined],
  ]);
  const { message, code } = await guest.stop();
  const failed = (message as unknown as { hooks: Record<string, string>[] }).hooks;
  expect(failed.map(({ stack: _, ...hook }) => hook)).toEqual([{ type: 'KeyError', message: "'x'", hook: 'bad' }]);
  expect(guest.logs.map(({ text }) => text)).toEqual(['earlier', 'last flights 7']);
  expect(code).toBe(0);
});

test('configuration: secrets by name with masked printing, settings by path, both files as copies', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.runtime import config, get_secret
def look():
    secret = get_secret("api")
    config.site_config["project"] = "changed"
    return {
        "value": secret["token"], "plain": {**secret["EXTRA_HTTP_HEADERS"]}, "shown": f"{secret}",
        "missing": config.get_secret("other"), "odd": config.get_secret("odd"),
        "project": config.get_setting("project"), "path": config.get_setting("profiles.dev.path"),
        "default": config.get_setting("debug", default=False), "deep": config.get_setting("project.x", 1),
        "user": config.user_config,
    }
`,
    },
    handlers: [{ file, endpoint: 'look' }],
    config: {
      secrets: { api: { token: 's3cret', EXTRA_HTTP_HEADERS: { 'X-Key': 'k' } }, odd: 'text' },
      site: { project: 'p', profiles: { dev: { path: 'x.duckdb' } } },
      user: { mxcp: 1 },
    },
  });
  expect(await guest.call('look')).toMatchObject({
    value: {
      value: 's3cret',
      plain: { 'X-Key': 'k' },
      shown: "{'token': '***', 'EXTRA_HTTP_HEADERS': '***'}",
      missing: null,
      odd: {},
      project: 'p',
      path: 'x.duckdb',
      default: false,
      deep: 1,
      user: { mxcp: 1 },
    },
  });
  guest.kill();
});

test('outside of a guest everything can be imported, and calls say what to do', () => {
  const script = 'from mxcp.runtime import *\ntry: db.execute("select 1")\nexcept RuntimeError as e: print(e)';
  const output = execFileSync(python, ['-B', '-c', script], {
    env: { ...process.env, PYTHONPATH: source },
    encoding: 'utf8',
  });
  expect(output).toBe(
    'mxcp.runtime works only inside handlers that mxcp-ts runs. Try this function with `mxcp-ts run`.\n',
  );
});

test('ends when the host is gone, whatever runs', async () => {
  const guest = await openGuest({
    files: {
      [file]: 'import time\ndef hang():\n    while True: time.sleep(1)\nasync def block():\n    while True: pass\n',
    },
    handlers: [
      { file, endpoint: 'hang' },
      { file, endpoint: 'block' },
    ],
  });
  guest.begin('hang').answer.catch(() => {});
  guest.begin('block').answer.catch(() => {});
  const exited = new Promise(resolve => guest.child.once('exit', resolve));
  guest.socket.destroy();
  expect(await exited).toBe(0);
});

test('a terminal that sends Ctrl-C does not end it, and threads of user code do not delay its end', async () => {
  const guest = await openGuest({
    files: {
      [file]: 'import threading, time\ndef spawn():\n    threading.Thread(target=time.sleep, args=(3600,)).start()\n',
    },
    handlers: [{ file, endpoint: 'spawn' }],
  });
  guest.child.kill('SIGINT');
  guest.child.kill('SIGTERM');
  expect(await guest.call('spawn')).toMatchObject({ value: null });
  expect((await guest.stop()).code).toBe(0);
});

test('a background task that calls sys.exit is logged and costs no call', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import asyncio, sys
async def leave(): sys.exit(4)
async def start():
    asyncio.ensure_future(leave())
    await asyncio.sleep(0.05)
    return "still here"
`,
    },
    handlers: [{ file, endpoint: 'start' }],
  });
  expect(await guest.call('start')).toMatchObject({ value: 'still here' });
  expect(guest.logs.map(({ text }) => text)).toContain('The code called sys.exit(4).');
  guest.kill();
});
