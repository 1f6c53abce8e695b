import { expect, test } from 'vitest';
import { type Message, openGuest } from './support/open-guest.ts';

const file = 'python/app.py';

/** Answers the questions of `session` from one map. */
function keepSession() {
  const kept = new Map<string, unknown>();
  return (message: Message) => {
    const key = String(message['key']);
    switch (message['do']) {
      case 'get':
        return { ok: true, value: { found: kept.has(key), value: kept.get(key) ?? null } };
      case 'set':
        kept.set(key, message['value']);
        return { ok: true, value: null };
      case 'delete':
        kept.delete(key);
        return { ok: true, value: null };
      default:
        return { ok: true, value: [...kept.keys()] };
    }
  };
}

test('session keeps JSON values in the host, in plain and in async code', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.runtime import session
def plain():
    session["cart"] = {"items": [1, 2.5, None], "open": True}
    session.set("n", 1)
    seen = [session.get("cart"), session["n"], session.get("none"), session.get("none", 5), "n" in session, "none" in session, session.keys(), list(session)]
    try: session["none"]
    except KeyError as error: seen.append(str(error))
    del session["n"]
    return [*seen, session.keys()]
async def later():
    await session.aset("x", "y")
    seen = [await session.aget("x"), await session.aget("none", 0), await session.akeys()]
    await session.adelete("x")
    return [*seen, await session.akeys()]
`,
    },
    handlers: [
      { file, endpoint: 'plain' },
      { file, endpoint: 'later' },
    ],
    context: { hasSession: true },
    onQuestion: keepSession(),
  });
  const cart = { items: [1, 2.5, null], open: true };
  expect(await guest.call('plain')).toMatchObject({
    value: [cart, 1, null, 5, true, false, ['cart', 'n'], ['cart', 'n'], "'none'", ['cart']],
  });
  expect(await guest.call('later')).toMatchObject({ value: ['y', 0, ['cart', 'x'], ['cart']] });
  guest.kill();
});

test('session refuses anonymous stateless callers, and what JSON cannot hold', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from datetime import date
from mxcp.runtime import on_init, session
said = []
def attempt(use):
    try: use()
    except Exception as error: said.append(f"{type(error).__name__}: {error}")
@on_init
def start(): attempt(session.keys)
def app(values):
    said.clear() if values else None
    for value in [date(2024, 1, 2), {1: 2}, 2**53, float("nan")] if values else [1]:
        attempt(lambda: session.set("k", value))
    attempt(lambda: session.set(7, 1)) if values else None
    return said
`,
    },
    handlers: [{ file, endpoint: 'app' }],
    onQuestion: keepSession(),
  });
  const anonymous = await guest.call('app', { values: false });
  expect(anonymous).toMatchObject({
    value: [
      expect.stringMatching(/^RuntimeError: session works only while a handler runs/),
      'RuntimeError: This caller has no session: it is anonymous, and each of its requests stands alone. Session data needs a client with a session, or authentication.',
    ],
  });
  expect(await guest.call('app', { values: true }, { hasSession: true })).toMatchObject({
    value: [
      'TypeError: session takes None, bool, numbers, text, lists and dicts, not date.',
      'TypeError: session takes dicts with text as keys, not int.',
      'ValueError: session cannot hold the number 9007199254740992 exactly. Give it as text.',
      'ValueError: session cannot hold nan, which JSON does not have.',
      'TypeError: The keys of a session are text, not int.',
    ],
  });
  guest.kill();
});

test('messages and progress reach the client of the call, awaited or not', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import asyncio
from datetime import date
from mxcp.runtime import mcp, on_init, progress
@on_init
def start(): mcp.info("nobody listens"); progress(1)
def plain():
    mcp.info("one")
    mcp.warning("two", rows=3, day=date(2024, 1, 2), logger_name="import")
    asyncio.run(mcp.error({"three": 3}))
    progress(1, 4, "a quarter")
    return mcp.debug("four")
async def later():
    await mcp.info("five")
    await asyncio.gather(mcp.progress(current=2, total=4), asyncio.create_task(mcp.info("six")))
    try: await mcp.progress()
    except TypeError as error: return str(error)
`,
    },
    handlers: [
      { file, endpoint: 'plain' },
      { file, endpoint: 'later' },
    ],
  });
  expect(await guest.call('plain')).toMatchObject({ value: null });
  const note = (level: string, data: unknown) => ({ type: 'notify', call: 1, level, data });
  expect(guest.told.splice(0)).toEqual([
    note('info', 'one'),
    { ...note('warning', { message: 'two', rows: 3, day: '2024-01-02' }), logger: 'import' },
    note('error', { three: 3 }),
    { type: 'progress', call: 1, progress: 1, total: 4, message: 'a quarter' },
    note('debug', 'four'),
  ]);
  expect(await guest.call('later')).toMatchObject({ value: 'progress needs a number: how far the call has come.' });
  expect(guest.told).toEqual([
    { type: 'notify', call: 2, level: 'info', data: 'five' },
    { type: 'progress', call: 2, progress: 2, total: 4 },
    { type: 'notify', call: 2, level: 'info', data: 'six' },
  ]);
  guest.kill();
});

test('log, audit events and telemetry: the operator reads the first two, nobody the third', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.runtime import log
from mxcp.sdk.audit import add_execution_event, begin_execution_event
from mxcp.sdk.telemetry import (decrement_gauge, get_current_span, get_current_span_id, get_current_trace_id,
    increment_gauge, record_counter, record_exception, record_gauge, record_histogram, set_span_attribute,
    time_histogram, traced_operation)
@traced_operation("whole")
def app():
    span = begin_execution_event()
    log.debug("d"); log.info("%s of %d", "one", 2); log.warning({"a": 1}); log.error("100%")
    add_execution_event(span=span, status="error", target="stripe", operation="charge", summary="s", error="secret", details={"k": 1})
    add_execution_event()
    with traced_operation("x", attributes={"a": 1}) as inner, time_histogram("t"):
        inner.set_attribute("a", 1); set_span_attribute("b", 2); get_current_span().add_event("e")
    record_counter("c"); record_histogram("h", 1); record_gauge("g", 1, attributes={}); increment_gauge("g"); decrement_gauge("g"); record_exception(ValueError())
    return [inner.is_recording(), get_current_trace_id(), get_current_span_id()]
`,
    },
    handlers: [{ file, endpoint: 'app' }],
  });
  expect(await guest.call('app')).toMatchObject({ value: [false, null, null] });
  const lines = guest.logs.map(({ level, text, call }) => [level, String(text).replace(/\d+ ms/, 'n ms'), call]);
  expect(lines).toEqual([
    ['debug', 'd', 1],
    ['info', 'one of 2', 1],
    ['warning', "{'a': 1}", 1],
    ['error', '100%', 1],
    ['debug', 'stripe charge: error in n ms', 1],
    ['debug', 'external call: success', 1],
  ]);
  guest.kill();
});
