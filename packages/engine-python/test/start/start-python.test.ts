import { formatLine } from '@mxcp-ts/diagnostics';
import type { Database, ExecuteRequest, Log, StartedEngine } from '@mxcp-ts/engine';
import { expect, onTestFinished, test } from 'vitest';
import { createPythonEngine } from '../../src/index.ts';
import { makeProject, sdkFolder } from '../support/make-project.ts';

interface Running {
  readonly engine: StartedEngine;
  readonly logged: { readonly level: string; readonly message: string; readonly fields: object | undefined }[];
  readonly executed: ExecuteRequest[];
  call(
    id: string,
    args?: Record<string, string | number>,
    signal?: AbortSignal,
  ): ReturnType<ReturnType<StartedEngine['bind']>>;
}

const database = {
  execute: async (request: ExecuteRequest) =>
    request.sql === 'fail'
      ? { kind: 'failed', error: { type: 'Binder', message: 'Binder Error: no' } }
      : { kind: 'rows', json: '[["2024-01-02"]]', columns: [{ name: 'day', type: { id: 'DATE' } }] },
};

async function start(
  files: Readonly<Record<string, string>>,
  options: { readonly pythonInterpreter?: string } = {},
): Promise<Running> {
  const { project, endpoints } = makeProject(files, options);
  const logged: Running['logged'] = [];
  const executed: ExecuteRequest[] = [];
  const log: Log = (level, message, fields) =>
    logged.push({ level, message: message.replaceAll(project.root, '<root>'), fields });
  const recording = {
    execute: (request: ExecuteRequest) => {
      executed.push(request);
      return database.execute(request);
    },
  } as unknown as Database;
  const engine = await createPythonEngine({ sdkFolder }).start(endpoints, { project, database: recording, log });
  onTestFinished(() => engine.stop({ deadlineMs: 2_000 }));
  let lastCall = 0;
  return {
    engine,
    logged,
    executed,
    call: (id, args = {}, signal = new AbortController().signal) => {
      const endpoint = endpoints.find(candidate => candidate.id === id);
      if (endpoint === undefined) throw new Error(id);
      return engine.bind(endpoint)({ id: `c${++lastCall}`, args, signal });
    },
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
    { sql: 'select $x', parameters: { x: 1 }, format: 'typed' },
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
  expect(await call('tool:spin', {}, AbortSignal.timeout(100))).toMatchObject({
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
  expect(await call('tool:block', {}, AbortSignal.timeout(100))).toMatchObject({ kind: 'unavailable' });
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
