import { expect, test } from 'vitest';
import { checkEndpoints, concerns, Runtime } from '../src/index.ts';
import { load, openRuntime, scriptedEngine, toolFile, unusedDatabase } from './support/scripted-engine.ts';

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

test('when one engine cannot start, the others are stopped again', async () => {
  const project = await load(files);
  const events: string[] = [];
  const opened = Runtime.open({
    project,
    endpoints: project.endpoints,
    engines: [
      scriptedEngine('sql', { handlers: {} }, events),
      scriptedEngine('python', { handlers: {}, failsToStart: new Error('no Python') }, events),
    ],
    database: unusedDatabase(events),
    log: () => {},
  });
  await expect(opened).rejects.toThrow('no Python');
  expect(events).toEqual(['start sql a, z', 'start python p', 'stop sql 5000']);
});

test('problems of engines are shown and do not make it unready', async () => {
  const { runtime } = await openRuntime(files, { handlers: {}, problems: ['A hook raised.'] });
  expect(runtime.readiness()).toEqual({ ready: true, generation: 1, problems: ['A hook raised.', 'A hook raised.'] });
});

test('closing lets running calls end, refuses new ones, then stops engines before the database', async () => {
  let finish: () => void = () => {};
  const begun = new Promise<void>(resolve => {
    finish = resolve;
  });
  const { runtime, events } = await openRuntime(files, {
    handlers: { a: () => begun.then(() => ({ kind: 'ok', value: 'done' })) },
  });
  const call = { endpoint: 'tool:a', args: {}, origin: 'cli' } as const;
  const running = runtime.invoke(call);
  expect(runtime.activeCalls).toBe(1);
  const closed = runtime.close(quick);
  expect(await runtime.invoke(call)).toEqual({
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
  void runtime.invoke({ endpoint: 'tool:a', args: {}, origin: 'cli' });
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
  await Promise.all(
    Array.from({ length: 100 }, () => runtime.invoke({ endpoint: 'tool:a', args: {}, origin: 'mcp-http' })),
  );
  expect(ids.size).toBe(100);
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
