import { expect, test } from 'vitest';
import { openGuest } from './support/open-guest.ts';

const file = 'python/app.py';
const ada = {
  provider: 'github',
  user_id: 'u1',
  username: 'ada',
  email: 'ada@example.org',
  name: null,
  avatar_url: null,
  raw_profile: { team: 'x' },
  external_token: 't0ken',
  capabilities: ['read'],
};

test('context shows who calls and how, in tasks and threads that the call starts too', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import asyncio
from mxcp.runtime import context, get_context
def seen():
    return [context.request_id, context.transport, context.headers["X-Team"], context.headers.get("x-none", 1),
            "X-TEAM" in context.headers, context.user.username, context.user.capabilities, context.call_id,
            context.endpoint, context.is_cancelled, get_context() is context]
def plain(): return seen()
async def tasks():
    inner = asyncio.create_task(asyncio.to_thread(seen))
    return await inner
`,
    },
    handlers: [
      { file, endpoint: 'plain' },
      { file, endpoint: 'tasks' },
    ],
  });
  const context = { requestId: '7', transport: 'http', headers: { 'x-team': 'blue' }, user: ada };
  const rest = ['7', 'http', 'blue', 1, true, 'ada', ['read']];
  expect(await guest.call('plain', {}, context)).toMatchObject({ value: [...rest, 'call-1', 'plain', false, true] });
  expect(await guest.call('tasks', {}, context)).toMatchObject({ value: [...rest, 'call-2', 'tasks', false, true] });
  guest.kill();
});

test('an anonymous call has no user; outside of calls the context says where it works', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import threading
from mxcp.runtime import context, get_context, on_init
from mxcp.sdk.auth.context import get_user_context
from mxcp.sdk.executor import get_execution_context
said = []
def attempt():
    for use in (lambda: context.user, get_context):
        try: use()
        except RuntimeError as error: said.append(str(error))
    said.extend([get_user_context(), get_execution_context(), repr(context)])
@on_init
def start(): attempt()
def app():
    thread = threading.Thread(target=attempt)
    thread.start(); thread.join()
    return [context.user, context.request_id, dict(context.headers), repr(context), *said]
`,
    },
    handlers: [{ file, endpoint: 'app' }],
  });
  const where =
    'works only while a handler runs, also in tasks and asyncio.to_thread that it starts: ' +
    'there is no call in hooks, in SQL functions and in threads of your own.';
  const outside = [`context.user ${where}`, `get_context ${where}`, null, null, '<context of no call>'];
  expect(await guest.call('app')).toMatchObject({
    value: [null, null, {}, '<context of call call-1 of app>', ...outside, ...outside],
  });
  guest.kill();
});

test('the names of the original give the caller, the headers and the configuration', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.sdk.auth.context import get_user_context
from mxcp.sdk.executor import get_execution_context
def app():
    context, user = get_execution_context(), get_user_context()
    context.set("own", 1)
    return {
        "user": user.model_dump() if user else None, "same": context.user_context == user,
        "ids": [context.user_id, context.username, context.provider, context.email, context.external_token],
        "known": context.has_user_info(), "header": context.get("request_headers", {}).get("X-Team"),
        "others": [context.get("transport"), context.get("site_config"), context.get("nothing", 2), context.get("own")],
    }
`,
    },
    handlers: [{ file, endpoint: 'app' }],
    config: { site: { project: 'p' } },
  });
  const http = { transport: 'http', headers: { 'x-team': 'blue' }, user: ada };
  expect(await guest.call('app', {}, http)).toMatchObject({
    value: {
      user: ada,
      same: true,
      ids: ['u1', 'ada', 'github', 'ada@example.org', 't0ken'],
      known: true,
      header: 'blue',
      others: ['http', { project: 'p' }, 2, 1],
    },
  });
  expect(await guest.call('app')).toMatchObject({
    value: { user: null, ids: [null, null, null, null, null], known: false, header: null },
  });
  guest.kill();
});

test('printing secrets, users and headers shows no credentials, however it is done', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
import json, logging, pprint
from mxcp.runtime import context, get_secret
def app():
    secret = get_secret("api")
    shown = [str(secret), repr(secret), f"{secret}", f"{secret!s:>3}", "%s %r" % (secret, secret), pprint.pformat(secret),
             str([secret]), repr(context.user), str(context.headers)]
    logging.warning("with %s", secret)
    print(secret, context.user, context.headers)
    return [[text for text in shown if "s3cret" in text or "t0ken" in text], json.loads(json.dumps(secret)),
            type(secret["token"]).__name__, secret == {"token": "s3cret", "nested": {"key": "s3cret"}}, shown[7], shown[8]]
`,
    },
    handlers: [{ file, endpoint: 'app' }],
    config: { secrets: { api: { token: 's3cret', nested: { key: 's3cret' } } } },
  });
  const context = { transport: 'http', headers: { authorization: 'Bearer t0ken', 'x-team': 'blue' }, user: ada };
  expect(await guest.call('app', {}, context)).toMatchObject({
    value: [
      [],
      { token: 's3cret', nested: { key: 's3cret' } },
      'str',
      true,
      "UserContext(provider='github', user_id='u1', username='ada', email='ada@example.org', name=None, avatar_url=None, capabilities=['read'])",
      "{'authorization': '***', 'x-team': 'blue'}",
    ],
  });
  expect(guest.logs.map(({ text }) => text).filter(text => /s3cret|t0ken/.test(String(text)))).toEqual([]);
  guest.kill();
});

test('a plug-in sees the user of the running call', async () => {
  const guest = await openGuest({
    files: {
      [file]:
        'from mxcp.runtime import plugins\ndef app():\n    who = plugins.get("who")\n    return [who.get_username(), who.get_user_email(), who.get_user_provider(), who.get_user_token(), who.is_authenticated()]\n',
      'plugins/who.py': 'from mxcp.plugins import MXCPBasePlugin\nclass MXCPPlugin(MXCPBasePlugin): pass\n',
    },
    handlers: [{ file, endpoint: 'app' }],
    plugins: [{ file: 'who.py' }],
  });
  expect(await guest.call('app', {}, { user: ada })).toMatchObject({
    value: ['ada', 'ada@example.org', 'github', 't0ken', true],
  });
  expect(await guest.call('app')).toMatchObject({ value: [null, null, null, null, false] });
  guest.kill();
});
