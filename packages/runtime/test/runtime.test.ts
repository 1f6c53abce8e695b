import type { SqlFunction } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { checkEndpoints, concerns, createSessionStore, localContext, startGeneration } from '../src/index.ts';
import { callA, held, openRuntime } from './support/open-runtime.ts';
import { load, scriptedEngine, toolFile, unusedDatabase } from './support/scripted-engine.ts';

const python = `mxcp: 1
tool:
  name: p
  description: Test.
  language: python
  source: { file: ../python/p.py }
`;
const files = {
  'tools/z.yml': toolFile('z'),
  'tools/a.yml': toolFile('a'),
  'tools/p.yml': python,
  'python/p.py': 'def p():\n    return 1\n',
};
const quick = { drainTimeoutMs: 1_000, stopTimeoutMs: 500 };

test('starts each engine with its endpoints and binds the plan in the order clients see', async () => {
  const { runtime, events } = await openRuntime(files, { handlers: {} });
  expect(events).toEqual(['start sql a, z', 'start python p']);
  expect(runtime.plan.generation).toBe(1);
  expect(runtime.plan.tools.map(({ definition }) => definition.name)).toEqual(['a', 'p', 'z']);
  expect([...runtime.plan.endpoints.keys()].sort()).toEqual(['tool:a', 'tool:p', 'tool:z']);
  expect(runtime.readiness()).toEqual({ ready: true, generation: 1, problems: [] });
});

test('an engine without endpoints is not started', async () => {
  const { events } = await openRuntime({ 'tools/a.yml': toolFile('a') }, { handlers: {} });
  expect(events).toEqual(['start sql a']);
});

test('an engine without endpoints is started for the plug-ins of its language', async () => {
  const plugin = { 'tools/a.yml': toolFile('a'), 'plugins/more.py': 'x = 1\n' };
  const { events } = await openRuntime(plugin, { handlers: {} });
  expect(events).toEqual(['start sql a', 'start python ']);
});

/** Starts the files with an engine for SQL as given and one for Python that does nothing. */
async function startWith(script: Parameters<typeof scriptedEngine>[1], events: string[]) {
  const project = await load(files);
  const database = unusedDatabase(events);
  const host = {
    project,
    database,
    sessions: createSessionStore(),
    log: () => {},
    announce: () => {},
    requestReload: undefined,
  };
  const engines = [scriptedEngine('python', { handlers: {} }, events), scriptedEngine('sql', script, events)];
  return await startGeneration({ host, engines, endpoints: project.endpoints });
}

test('when one engine cannot start, the others are stopped again', async () => {
  const events: string[] = [];
  const started = startWith({ handlers: {}, failsToStart: new Error('It cannot.') }, events);
  await expect(started).rejects.toThrow('It cannot.');
  expect(events).toEqual(['start python p', 'start sql a, z', 'stop python 5000']);
});

const sqlFunction = (name: string): SqlFunction => ({
  name,
  parameters: ['INTEGER'],
  returns: 'INTEGER',
  nulls: 'skip',
  isPure: true,
  apply: async columns => ({ ok: true, json: columns }),
});

test('gives the functions of the plug-ins to the database, again when asked, and says which it refused', async () => {
  const events: string[] = [];
  const generation = await startWith({ handlers: {}, functions: [sqlFunction('sum'), sqlFunction('twice')] }, events);
  expect(events.slice(2)).toEqual(['define sum, twice']);
  expect(generation.diagnostics.map(({ code, message, span }) => [code, message, span?.source.path])).toEqual([
    ['plan/plugin-load', 'The SQL function sum: DuckDB has one of that name.', 'mxcp-site.yml'],
  ]);
  await generation.defineFunctions();
  expect(events.slice(3)).toEqual(['define sum, twice']);
});

test('problems of engines are shown and do not make it unready', async () => {
  const { runtime } = await openRuntime(files, { handlers: {}, problems: ['A hook raised.'] });
  expect(runtime.readiness()).toEqual({ ready: true, generation: 1, problems: ['A hook raised.', 'A hook raised.'] });
});

test('closing lets running calls end, refuses new ones, then stops engines before the database', async () => {
  const { handler, finish } = held('done');
  const { runtime, events } = await openRuntime(files, { handlers: { a: handler } });
  const running = runtime.invoke(callA);
  expect(runtime.activeCalls).toBe(1);
  const closed = runtime.close(quick);
  expect(await runtime.invoke(callA)).toEqual({
    kind: 'unavailable',
    reason: 'The server is shutting down.',
    retryAfterMs: 5_000,
  });
  expect(runtime.readiness().ready).toBe(false);
  expect(events.filter(event => event.startsWith('stop'))).toEqual([]);
  finish();
  expect(await running).toEqual({ kind: 'ok', value: 'done' });
  await closed;
  expect(runtime.activeCalls).toBe(0);
  expect(events.slice(2)).toEqual(['stop sql 500', 'stop python 500', 'close 500']);
});

test('a call that does not end is not waited for longer than allowed', async () => {
  const { runtime, events } = await openRuntime(files, { handlers: { a: () => new Promise(() => {}) } });
  void runtime.invoke(callA);
  await runtime.close({ drainTimeoutMs: 20, stopTimeoutMs: 500 });
  expect(events.slice(2)).toEqual(['stop sql 500', 'stop python 500', 'close 500']);
});

test('calls that run at once have different ids', async () => {
  const ids = new Set<string>();
  const { runtime } = await openRuntime(files, {
    handlers: {
      a: async ({ id }) => {
        ids.add(id);
        return { kind: 'ok', value: 1 };
      },
    },
  });
  await Promise.all(Array.from({ length: 100 }, () => runtime.invoke(callA)));
  expect(ids.size).toBe(100);
});

test("a handler is told who calls, and what it tells goes to the caller's client", async () => {
  const told: unknown[] = [];
  const { runtime } = await openRuntime(files, {
    handlers: {
      a: async ({ context, client }) => {
        client.progress(1, 2, context.session);
        client.log('info', context.transport, 'mine');
        return { kind: 'ok', value: null };
      },
    },
  });
  await runtime.invoke(callA);
  await runtime.invoke({
    ...callA,
    context: localContext('admin', 'one'),
    client: { progress: (...facts) => told.push(facts), log: (...facts) => told.push(facts) },
  });
  expect(told).toEqual([
    [1, 2, 'one'],
    ['info', 'admin', 'mine'],
  ]);
});

test('checking asks each engine about its own endpoints', async () => {
  const project = await load(files);
  const events: string[] = [];
  const engines = (['sql', 'python', 'jinja'] as const).map(language =>
    scriptedEngine(language, { handlers: {} }, events),
  );
  expect(await checkEndpoints(project.endpoints, project, engines)).toEqual([]);
  expect(events).toEqual(['check sql a, z', 'check python p', 'check jinja ']);
});

test('a finding concerns the endpoint whose file or code it lies in', async () => {
  const project = await load(files);
  const definition = project.endpoints.find(({ name }) => name === 'p');
  if (definition === undefined) return expect.unreachable();
  const at = (path: string) => ({
    code: 'yaml/syntax' as const,
    severity: 'error' as const,
    message: 'It is wrong.',
    span: { source: Object.assign(Object.create(definition.file), { path }), start: 0, end: 0 },
  });
  expect(['tools/p.yml', 'python/p.py', 'tools/a.yml'].map(path => concerns(at(path), definition))).toEqual([
    true,
    true,
    false,
  ]);
});
