import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatLine } from '@mxcp-ts/diagnostics';
import type {
  CallContext,
  Database,
  ExecuteRequest,
  HandlerCall,
  InputRequest,
  Log,
  ReloadRequest,
  SessionStore,
  StartedEngine,
} from '@mxcp-ts/engine';
import { expect, onTestFinished, test } from 'vitest';
import { createPythonEngine } from '../../src/index.ts';
import { type ListedPlugin, makeProject, sdkFolder } from '../support/make-project.ts';

interface Running {
  readonly engine: StartedEngine;
  readonly root: string;
  readonly logged: { readonly level: string; readonly message: string; readonly fields: object | undefined }[];
  readonly executed: ExecuteRequest[];
  readonly told: unknown[];
  readonly reloads: ReloadRequest[];
  call(
    id: string,
    args?: Record<string, string | number>,
    options?: {
      readonly signal?: AbortSignal;
      readonly context?: Partial<CallContext>;
      readonly ask?: HandlerCall['ask'];
    },
  ): ReturnType<ReturnType<StartedEngine['bind']>>;
}

const anonymous = {
  transport: 'cli',
  requestId: undefined,
  headers: {},
  user: undefined,
  client: undefined,
  session: undefined,
} as const;

/** One row with one day, as a ColumnBatch. */
const batch = {
  rows: 1,
  columns: [{ name: 'day', type: { id: 'DATE' }, layout: 'i4', nulls: false }],
  bytes: new Uint8Array(Int32Array.of(19_724, 0).buffer),
};

const database = {
  execute: async (request: ExecuteRequest) =>
    request.sql === 'fail'
      ? { kind: 'failed', error: { type: 'Binder', message: 'Binder Error: no' } }
      : { kind: 'columns', batch },
};

async function start(
  files: Readonly<Record<string, string>>,
  options: { readonly pythonInterpreter?: string; readonly plugins?: readonly ListedPlugin[] } = {},
): Promise<Running> {
  const { project, endpoints } = makeProject(files, options);
  const logged: Running['logged'] = [];
  const executed: ExecuteRequest[] = [];
  const told: unknown[] = [];
  const reloads: ReloadRequest[] = [];
  const log: Log = (level, message, fields) =>
    logged.push({ level, message: message.replaceAll(project.root, '<root>'), fields });
  const recording = {
    execute: (request: ExecuteRequest) => {
      executed.push(request);
      return database.execute(request);
    },
  } as unknown as Database;
  const engine = await createPythonEngine({ sdkFolder }).start(endpoints, {
    project,
    database: recording,
    sessions: keepSessions(),
    announce: change => told.push(change),
    requestReload: request => {
      reloads.push(request);
      return undefined;
    },
    log,
  });
  onTestFinished(() => engine.stop({ deadlineMs: 2_000 }));
  let lastCall = 0;
  return {
    engine,
    root: project.root,
    logged,
    executed,
    told,
    reloads,
    call: (id, args = {}, { signal = new AbortController().signal, context = {}, ask = askNobody } = {}) => {
      const endpoint = endpoints.find(candidate => candidate.id === id);
      if (endpoint === undefined) throw new Error(id);
      const client = {
        progress: (...progress: unknown[]) => told.push(progress),
        log: (...message: unknown[]) => told.push(message),
      };
      return engine.bind(endpoint)({
        id: `c${++lastCall}`,
        args,
        signal,
        context: { ...anonymous, ...context },
        client,
        ask,
      });
    },
  };
}

const askNobody: HandlerCall['ask'] = () => ({ kind: 'client-cannot', message: 'Nobody is there.' });

function keepSessions(): SessionStore {
  const sessions = new Map<string, Map<string, Parameters<SessionStore['set']>[2]>>();
  const of = (session: string) => {
    const kept = sessions.get(session) ?? new Map();
    sessions.set(session, kept);
    return kept;
  };
  return {
    get: (session, key) => of(session).get(key),
    set: (session, key, value) => {
      of(session).set(key, value);
      return value === 'too much' ? 'The session would hold too much.' : undefined;
    },
    delete: (session, key) => of(session).delete(key),
    keys: session => [...of(session).keys()],
    clear: session => sessions.delete(session),
  };
}

const tool = (name: string, file: string, rest = '') =>
  `tool:\n  name: ${name}\n  language: python\n${rest}  source:\n    file: ${file}\n`;

test('serves functions of files and inline code, with the database, logs and exact numbers', async () => {
  const { engine, call, logged, executed } = await start({
    'tools/echo.yml': tool('echo', 'python/echo.py', '  parameters:\n    - name: day\n      format: date\n'),
    'tools/days.yml': tool('days', 'python/echo.py'),
    'tools/outside.yml': tool('outside', 'handlers/outside.py'),
    'tools/big.yml': 'tool:\n  name: big\n  language: python\n  source:\n    code: |\n      return [2**60]\n',
    'python/echo.py':
      'import math\nfrom mxcp.runtime import db, config\nfrom utils.shared import shout\ndef echo(day):\n    print("hi")\n    return shout(day.strftime("%a"))\ndef days():\n    return [db.execute("select $x", {"x": 1})[0]["day"].year, config.get_secret("api")["token"]]\n',
    'python/utils/shared.py': 'def shout(text): return text.upper()\n',
    'handlers/outside.py': 'def outside(): return __file__[-19:]\n',
  });
  expect(engine.diagnostics).toEqual([]);
  expect(engine.problems()).toEqual([]);
  expect(await call('tool:echo', { day: '2024-01-02' })).toEqual({ kind: 'ok', value: 'TUE' });
  expect(await call('tool:days')).toEqual({ kind: 'ok', value: [2024, 's3cret'] });
  expect(await call('tool:outside')).toEqual({ kind: 'ok', value: 'handlers/outside.py' });
  expect(await call('tool:big')).toEqual({
    kind: 'ok',
    value: ['1152921504606846976'],
    exactNumbers: [{ pointer: '/0', text: '1152921504606846976' }],
  });
  expect(logged).toEqual([{ level: 'info', message: 'hi', fields: { endpoint: 'echo', call: 'c1', logger: 'print' } }]);
  expect(executed.map(({ sql, parameters, format }) => ({ sql, parameters, format }))).toEqual([
    { sql: 'select $x', parameters: { x: 1 }, format: 'columns' },
  ]);
});

test('failures keep their stack for the log; only those meant for users reach them', async () => {
  const { call } = await start({
    'tools/fail.yml': tool('fail', 'python/x.py'),
    'tools/refuse.yml': tool('refuse', 'python/x.py'),
    'tools/binder.yml': tool('binder', 'python/x.py'),
    'python/x.py':
      'from mxcp.runtime import UserError, db\ndef fail(): return 1 / 0\ndef refuse(): raise UserError("No such airport.")\ndef binder(): db.execute("fail")\n',
  });
  expect(await call('tool:fail')).toMatchObject({
    kind: 'failed',
    error: { type: 'ZeroDivisionError', message: 'division by zero', userMessage: undefined },
  });
  expect(await call('tool:refuse')).toMatchObject({ error: { type: 'UserError', userMessage: 'No such airport.' } });
  expect(await call('tool:binder')).toMatchObject({ error: { type: 'BinderException', message: 'Binder Error: no' } });
});

test('a module that does not load is a finding of its endpoint, with the line to install what is missing', async () => {
  const { engine, call, logged } = await start({
    'tools/lost.yml': tool('lost', 'python/lost.py'),
    'tools/fine.yml': tool('fine', 'python/fine.py'),
    'tools/broken.yml': tool('broken', 'python/broken.py'),
    'tools/gone.yml': `${tool('gone', 'python/fine.py')}    function: nothing\n`,
    'python/lost.py': 'import not_there\ndef lost(): pass\n',
    'python/fine.py': 'def fine(): return 1\n',
    'python/broken.py': 'raise ValueError("in a handler file")\n',
    'python/unused.py': 'raise ValueError("at import")\n',
  });
  const hint = / hint: Install it with `\S+ -m pip install not_there`\./;
  const text = formatLine(engine.diagnostics);
  expect(text).toMatch(hint);
  expect(text.replace(hint, '')).toBe(
    "tools/lost.yml:5:11 error plan/module-load Loading the module raised ModuleNotFoundError: No module named 'not_there'.\n" +
      'tools/broken.yml:5:11 error plan/module-load Loading the module raised ValueError: in a handler file.\n' +
      'tools/gone.yml:6:15 error plan/missing-export fine.py has no function nothing.\n',
  );
  expect(await call('tool:fine')).toEqual({ kind: 'ok', value: 1 });
  expect(await call('tool:lost')).toMatchObject({ kind: 'failed', error: { type: 'plan/module-load' } });
  expect(logged.map(({ level, message }) => [level, message.split('\n').at(-1)])).toEqual([
    ['error', 'ValueError: in a handler file'],
    ['warning', 'python/unused.py: Loading the module raised ValueError: at import.'],
  ]);
});

test('hooks that fail are logged and are problems, not ends', async () => {
  const { engine, call, logged } = await start({
    'tools/a.yml': tool('a', 'python/a.py'),
    'python/a.py':
      'from mxcp.runtime import on_init, on_shutdown\n@on_init\ndef load_model(): raise ValueError("no model")\n@on_shutdown\ndef bye(): print("bye")\ndef a(): return 1\n',
  });
  expect(engine.problems()).toEqual(['The Python hook "load_model" failed; see the log.']);
  expect(logged.map(({ message }) => message.split('\n')[0])).toEqual([
    'The on_init hook "load_model" failed: Traceback (most recent call last):',
  ]);
  expect(await call('tool:a')).toEqual({ kind: 'ok', value: 1 });
  await engine.stop({ deadlineMs: 5_000 });
  expect(logged.at(-1)).toEqual({ level: 'info', message: 'bye', fields: { logger: 'print' } });
});

test('an endless loop ends when its call is aborted, a crash costs the calls in flight, the next call works', async () => {
  const { call } = await start({
    'tools/spin.yml': tool('spin', 'python/a.py'),
    'tools/crash.yml': tool('crash', 'python/a.py'),
    'tools/block.yml': tool('block', 'python/a.py'),
    'tools/fine.yml': tool('fine', 'python/a.py'),
    'python/a.py':
      'import os\ndef spin():\n    while True: pass\ndef crash(): os._exit(3)\nasync def block():\n    while True: pass\ndef fine(): return os.getpid()\n',
  });
  const first = await call('tool:fine');
  expect(await call('tool:spin', {}, { signal: AbortSignal.timeout(100) })).toMatchObject({
    kind: 'failed',
    error: { type: 'Cancelled' },
  });
  expect(await call('tool:fine')).toEqual(first);
  expect(await call('tool:crash')).toMatchObject({
    kind: 'unavailable',
    reason: 'The Python process ended with code 3 during the call.',
  });
  const second = await call('tool:fine');
  expect(second).toMatchObject({ kind: 'ok' });
  expect(second).not.toEqual(first);
  expect(await call('tool:block', {}, { signal: AbortSignal.timeout(100) })).toMatchObject({ kind: 'unavailable' });
  expect(await call('tool:fine')).toMatchObject({ kind: 'ok' });
});

test('without an interpreter every endpoint has the finding, and calls fail with it', async () => {
  const { engine, call } = await start(
    { 'tools/a.yml': tool('a', 'python/a.py'), 'python/a.py': 'def a(): return 1\n' },
    { pythonInterpreter: 'python-that-is-not-there' },
  );
  expect(engine.diagnostics.map(({ code }) => code)).toEqual(['plan/no-interpreter']);
  expect(await call('tool:a')).toMatchObject({ kind: 'failed', error: { type: 'plan/no-interpreter' } });
});

test('calls know who calls, keep session data and tell their client things', async () => {
  const { call, told } = await start({
    'tools/a.yml': tool('a', 'python/a.py'),
    'tools/full.yml': tool('full', 'python/a.py'),
    'python/a.py': `
from mxcp.runtime import context, mcp, progress, session
def a():
    session["visits"] = session.get("visits", 0) + 1
    progress(1, total=2)
    mcp.info("hello", rows=3)
    return [context.user.username, context.headers["X-Team"], context.transport, context.request_id, context.call_id, session["visits"]]
def full():
    try: session["x"] = "too much"
    except ValueError as error: return str(error)
`,
  });
  const user = { provider: 'p', user_id: 'u', username: 'ada', email: null, name: null } as CallContext['user'];
  const context: Partial<CallContext> = { transport: 'http', headers: { 'x-team': 'x' }, user, session: 's1' };
  const called = (id: string) => call(id, {}, { context: { ...context, requestId: '9' } });
  expect(await called('tool:a')).toEqual({ kind: 'ok', value: ['ada', 'x', 'http', '9', 'c1', 1] });
  expect(await called('tool:a')).toMatchObject({ value: ['ada', 'x', 'http', '9', 'c2', 2] });
  expect(await called('tool:full')).toMatchObject({ value: 'The session would hold too much.' });
  expect(told.slice(0, 2)).toEqual([
    [1, 2, undefined],
    ['info', { message: 'hello', rows: 3 }, undefined],
  ]);
  expect(await call('tool:a')).toMatchObject({ kind: 'failed', error: { type: 'RuntimeError' } });
});

test('plug-ins alone are enough for a guest, and bring SQL functions', async () => {
  const { engine, logged } = await start(
    {
      'plugins/geo_plugin.py': `
from mxcp.plugins import MXCPBasePlugin, udf
class MXCPPlugin(MXCPBasePlugin):
    @udf
    def far(self, km: float) -> str: return self._config["word"] if km > 1000 else "near"
`,
      'plugins/my_plugin.py':
        'def custom_transform(value: str) -> str:\n    return value.upper()\ndef register_functions(conn):\n    conn.create_function("custom_upper", custom_transform)\n',
    },
    { plugins: [{ name: 'geo', module: 'geo_plugin', config: { word: 'far away' } }] },
  );
  expect(engine.diagnostics).toEqual([]);
  const described = engine.functions.map(({ apply: _, ...rest }) => rest);
  expect(described).toEqual([
    { name: 'far_geo', parameters: ['DOUBLE'], returns: 'VARCHAR', nulls: 'pass', isPure: true },
    { name: 'custom_upper', parameters: ['VARCHAR'], returns: 'VARCHAR', nulls: 'skip', isPure: true },
  ]);
  const { signal } = new AbortController();
  const [far, upper] = engine.functions;
  expect(await far?.apply('[[5,5000]]', signal)).toEqual({ ok: true, json: '["near","far away"]' });
  expect(await upper?.apply('[["é",null]]', signal)).toEqual({ ok: true, json: '["É",null]' });
  expect(await far?.apply('[[null]]', signal)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^TypeError/),
  });
  expect(logged.map(({ level, message }) => [level, message.split('\n').at(-1)])).toEqual([
    ['warning', expect.stringMatching(/^TypeError/)],
  ]);
});

test('plug-ins that do not load are findings: where the site file lists them, or at the line that failed', async () => {
  const { engine, call, logged } = await start(
    {
      'tools/a.yml': tool('a', 'python/a.py'),
      'python/a.py': 'from mxcp.runtime import plugins\ndef a(): return plugins.list()\n',
      'plugins/no_class.py': 'x = 1\n',
      'plugins/lost.py': 'import json\nimport not_there\n',
      'plugins/raises.py': 'def register_functions(conn):\n    limit = 5\n    raise ValueError("no limit")\n',
      'plugins/typed.py': 'def f(x): return x\ndef register_functions(conn):\n    conn.create_function("f", f)\n',
      'plugins/method.py':
        'from mxcp.plugins import MXCPBasePlugin, udf\nclass MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def f(self, x) -> str: return x\n',
      'plugins/fine.py': '',
    },
    {
      plugins: [
        { name: 'listed', module: 'no_class' },
        { name: 'package', module: 'company.geo' },
      ],
    },
  );
  const text = formatLine(engine.diagnostics).replace(/`\S+ -m pip/g, '`python -m pip');
  expect(text.trimEnd().split('\n')).toEqual([
    'mxcp-site.yml:1:1 error plan/plugin-load plugins/no_class.py has no class MXCPPlugin, which a plug-in of the site file must have.',
    "mxcp-site.yml:2:1 error plan/plugin-load Loading the plug-in raised ModuleNotFoundError: No module named 'company'. hint: Install it with `python -m pip install company`.",
    "plugins/lost.py:2:1 error plan/plugin-load Loading the plug-in raised ModuleNotFoundError: No module named 'not_there'. hint: Install it with `python -m pip install not_there`.",
    'plugins/raises.py:3:5 error plan/plugin-load Loading the plug-in raised ValueError: no limit.',
    'plugins/typed.py:3:5 error plan/plugin-load The parameter "x" of f has no type hint, and SQL needs a type. Write one, such as `str`.',
    'plugins/method.py:4:5 error plan/plugin-load The parameter "x" of f_method has no type hint, and SQL needs a type. Write one, such as `str`.',
  ]);
  expect(await call('tool:a')).toMatchObject({ value: ['raises', 'typed', 'method', 'fine'] });
  expect(logged.map(({ message }) => message.split('\n').at(-1))).toEqual(['ValueError: no limit']);
});

test('a payload runs in the guest that offered it, kept alive after its hooks, and finds the programs of its interpreter', async () => {
  const { engine, call, reloads, root } = await start({
    'tools/rebuild.yml': tool('rebuild', 'python/a.py'),
    'python/a.py': `
import os, shutil, subprocess
from mxcp.runtime import on_shutdown, reload_duckdb
@on_shutdown
def end():
    with open("ended", "w"): pass
def rebuild():
    pid = os.getpid()
    def work():
        assert os.path.exists("ended") and os.getpid() == pid
        with open("python-version", "w") as out:
            subprocess.run([os.path.basename(__import__("sys").executable), "--version"], check=True, stdout=out)
    reload_duckdb(payload_func=work, description="Rebuilding with dbt")
    return "scheduled"
`,
  });
  expect(await call('tool:rebuild')).toEqual({ kind: 'ok', value: 'scheduled' });
  const [request] = reloads;
  expect(request?.description).toBe('Rebuilding with dbt');
  await engine.stop({ deadlineMs: 5_000 });
  expect(await request?.payload?.run()).toEqual({ kind: 'done' });
  await request?.payload?.end();
  expect(readFileSync(join(root, 'python-version'), 'utf8')).toMatch(/^Python 3\./);
});

test('content blocks, bytes and meta of a handler are its result', async () => {
  const { call } = await start({
    'tools/a.yml': tool('blocks', 'python/a.py'),
    'tools/b.yml': tool('both', 'python/a.py'),
    'tools/c.yml': tool('raw', 'python/a.py'),
    'python/a.py':
      'from mxcp.runtime import content\ndef blocks(): return ["see", content.image(b"GIF89a")]\ndef both(): return content.result({"n": 1}, "one", meta={"k": 2})\ndef raw(): return b"ab"\n',
  });
  expect(await call('tool:blocks')).toEqual({
    kind: 'ok',
    value: undefined,
    content: [
      { type: 'text', text: 'see' },
      { type: 'image', data: 'R0lGODlh', mimeType: 'image/gif' },
    ],
  });
  expect(await call('tool:both')).toEqual({
    kind: 'ok',
    value: { n: 1 },
    content: [{ type: 'text', text: 'one' }],
    meta: { k: 2 },
  });
  expect(await call('tool:raw')).toEqual({ kind: 'ok', value: 'YWI=', isBytes: true });
});

test('a handler asks its client, and announces what has changed', async () => {
  const { call, told } = await start({
    'tools/a.yml': tool('order', 'python/a.py'),
    'python/a.py': `
from mxcp.runtime import ClientCannot, mcp
SCHEMA = {"type": "object", "properties": {"size": {"type": "integer"}}}
def order():
    try: answer = mcp.elicit("size", "How large?", SCHEMA)
    except ClientCannot as error:
        if mcp.can("roots"): return str(error)
        raise
    mcp.resource_updated("data://orders")
    return answer.content["size"]
`,
  });
  const asked: [string, InputRequest][] = [];
  const answered: HandlerCall['ask'] = (key, request) => {
    asked.push([key, request]);
    return { kind: 'answer', value: { action: 'accept', content: { size: 5 } } };
  };
  expect(await call('tool:order', {}, { ask: answered })).toEqual({ kind: 'ok', value: 5 });
  const requestedSchema = { type: 'object', properties: { size: { type: 'integer' } } };
  const params = { message: 'How large?', requestedSchema };
  expect(asked).toEqual([['size', { method: 'elicitation/create', params }]]);
  expect(told).toEqual([{ kind: 'resource', uri: 'data://orders' }]);
  const waiting = await call('tool:order', {}, { ask: () => ({ kind: 'waiting' }) });
  expect(waiting).toMatchObject({ kind: 'failed', error: { type: 'Suspended', userMessage: undefined } });
  expect(await call('tool:order')).toMatchObject({
    kind: 'failed',
    error: { type: 'ClientCannot', message: 'Nobody is there.' },
  });
  const client = { name: 'x', version: '1', abilities: ['roots'] as const };
  expect(await call('tool:order', {}, { context: { client } })).toEqual({ kind: 'ok', value: 'Nobody is there.' });
});

test('prompts and completions have handlers, also inline and several in one file', async () => {
  const inline = (kind: string, name: string, code: string) =>
    `${kind}:\n  name: ${name}\n  parameters:\n    - name: value\n    - name: country\n  source:\n    code: |\n      ${code}\n`;
  const { call } = await start({
    'prompts/a.yml': 'prompt:\n  name: brief\n  parameters:\n    - name: city\n  source:\n    file: python/a.py\n',
    'completions/a.yml':
      'completion:\n  name: brief city\n  parameters:\n    - name: value\n    - name: country\n  source:\n    file: python/b.py\n',
    'completions/b.yml': inline('completion', 'inline', 'return [value.upper()]'),
    'prompts/c.yml': inline('prompt', 'inline', 'return value + country'),
    'python/a.py':
      'from mxcp.runtime import content\ndef brief(city): return [{"role": "user", "content": content.text(city)}]\n',
    'python/b.py': 'async def cities(value): return [value + "burg"]\n',
  });
  expect(await call('prompt:brief', { city: 'Bern' })).toEqual({
    kind: 'ok',
    value: [{ role: 'user', content: { type: 'text', text: 'Bern' } }],
  });
  const args = { value: 'a', country: 'b' };
  expect(await call('completion:brief city', args)).toEqual({ kind: 'ok', value: ['aburg'] });
  expect(await call('completion:inline', args)).toEqual({ kind: 'ok', value: ['A'] });
  expect(await call('prompt:inline', args)).toEqual({ kind: 'ok', value: 'ab' });
});
