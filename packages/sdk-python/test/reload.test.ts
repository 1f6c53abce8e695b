import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Message, openGuest } from './support/open-guest.ts';

const file = 'python/app.py';

/** As the host does it: shutdown hooks, then the payload in the same process. */
async function runPayload(guest: Awaited<ReturnType<typeof openGuest>>, payload: unknown): Promise<Message> {
  const stopped = guest.next('stopped');
  guest.send({ type: 'stop', hold: true });
  await stopped;
  const done = guest.next('payload-done');
  guest.send({ type: 'payload', payload });
  return done;
}

test('a payload runs after the shutdown hooks, in the same process, with everything but the database', async () => {
  const asked: Message[] = [];
  const guest = await openGuest({
    files: {
      [file]: `
import os, threading
from mxcp.runtime import config, context, db, on_shutdown, reload_duckdb
events = []
@on_shutdown
def end():
    try: db.execute("last")
    except Exception as error: events.append(str(error))
def rebuild_database():
    def rebuild():
        try: db.execute("select 1")
        except RuntimeError as error: events.append(str(error))
        try: context.user
        except RuntimeError: events.append("no call")
        events.append(threading.current_thread() is threading.main_thread())
        with open("seen", "w") as seen: seen.write(repr([*events, config.get_setting("project"), os.getpid()]))
        print("rebuilt")
    reload_duckdb(payload_func=rebuild, description="Rebuilding with dbt")
    return {"status": "Reload scheduled"}
`,
    },
    handlers: [{ file, endpoint: 'rebuild_database' }],
    config: { site: { project: 'p' } },
    canReload: true,
    onQuestion: message => {
      asked.push(message);
      return { ok: true, value: null };
    },
    onExecute: () => ({ ok: false, error: { type: 'Catalog', message: 'asked' } }),
  });
  expect(await guest.call('rebuild_database')).toMatchObject({ value: { status: 'Reload scheduled' } });
  expect(asked).toEqual([
    { type: 'reload', id: expect.any(Number), call: 1, description: 'Rebuilding with dbt', payload: 1 },
  ]);
  expect(await runPayload(guest, 1)).toEqual({ type: 'payload-done' });
  expect(readFileSync(join(guest.root, 'seen'), 'utf8')).toBe(
    `['Catalog Error: asked', 'db.execute cannot be used here: the database is closed while a reload payload runs.', 'no call', True, 'p', ${guest.child.pid}]`,
  );
  expect(guest.logs.map(({ text }) => text)).toEqual(['rebuilt']);
  const exited = new Promise(resolve => guest.child.once('exit', resolve));
  guest.socket.destroy();
  expect(await exited).toBe(0);
});

test('payloads may be async; one that raises or leaves is reported with its stack', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import asyncio, sys
from mxcp.runtime import reload_duckdb
async def waits():
    await asyncio.sleep(0)
    with open("waited", "w"): pass
def raises(): raise ValueError("no dump")
def leaves(): sys.exit(3)
def app():
    for payload in (waits, raises, leaves): reload_duckdb(payload)
    reload_duckdb()
`,
    },
    handlers: [{ file, endpoint: 'app' }],
    canReload: true,
    onQuestion: () => ({ ok: true, value: null }),
  });
  await guest.call('app');
  expect(await runPayload(guest, 1)).toEqual({ type: 'payload-done' });
  expect(existsSync(join(guest.root, 'waited'))).toBe(true);
  for (const [payload, error] of [
    [2, { type: 'ValueError', message: 'no dump', stack: expect.stringContaining('in raises') }],
    [3, { type: 'SystemExit', message: 'The code called sys.exit(3).' }],
  ] as const) {
    const done = guest.next('payload-done');
    guest.send({ type: 'payload', payload });
    expect(await done).toMatchObject({ error });
  }
  guest.kill();
});

test('reload_duckdb says where it works', async () => {
  const code = `
from mxcp.runtime import on_init, reload_duckdb
said = []
def attempt(*payload):
    try: reload_duckdb(*payload)
    except Exception as error: said.append(f"{type(error).__name__}: {error}")
@on_init
def start(): attempt()
def app():
    attempt("not a function"); attempt(lambda: None); attempt(lambda path: None)
    return said
`;
  const guest = await openGuest({ files: { [file]: code }, handlers: [{ file, endpoint: 'app' }] });
  expect(await guest.call('app')).toMatchObject({
    value: [
      expect.stringMatching(/^RuntimeError: reload_duckdb works only while a handler runs/),
      'ValueError: payload_func must be a function, not str.',
      'RuntimeError: Nothing can be reloaded here: this is not a server, and no command that ends with a reload.',
      'TypeError: payload_func is called without arguments, and this function needs some. Wrap it in a lambda.',
    ],
  });
  guest.kill();
});

test('a payload can run a program by its name, with the output in the log', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import os, subprocess
from mxcp.runtime import reload_duckdb
def app():
    def payload():
        env = {**os.environ, "PATH": os.path.join(os.getcwd(), "bin") + os.pathsep + os.environ["PATH"]}
        os.environ.update(env)
        subprocess.run(["dbt", "run"], check=True)
    reload_duckdb(payload)
`,
    },
    handlers: [{ file, endpoint: 'app' }],
    canReload: true,
    onQuestion: () => ({ ok: true, value: null }),
  });
  mkdirSync(join(guest.root, 'bin'));
  writeFileSync(join(guest.root, 'bin/dbt'), '#!/bin/sh\necho "dbt $1"\n');
  chmodSync(join(guest.root, 'bin/dbt'), 0o755);
  await guest.call('app');
  expect(await runPayload(guest, 1)).toEqual({ type: 'payload-done' });
  expect(guest.raw.text).toContain('dbt run\n');
  guest.kill();
});
