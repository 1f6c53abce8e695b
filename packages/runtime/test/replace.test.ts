import { expect, test, vi } from 'vitest';
import { callA, gives, held, openRuntime, startNext } from './support/open-runtime.ts';
import { load, toolFile } from './support/scripted-engine.ts';

const files = { 'tools/a.yml': toolFile('a') };
const closing = { drainTimeoutMs: 60_000, stopTimeoutMs: 500 };

test('the next generation serves at once; the one before ends its calls, then is stopped', async () => {
  const { handler, finish } = held('of the old');
  const { runtime, events, project } = await openRuntime(files, { handlers: { a: handler } });
  const running = runtime.invoke(callA);
  runtime.replace(await startNext(project, { handlers: { a: gives('of the new') } }, events), closing);
  expect(await runtime.invoke(callA)).toEqual({ kind: 'ok', value: 'of the new' });
  expect(events).toEqual(['start sql a', 'start sql a']);
  expect([runtime.activeCalls, runtime.readiness()]).toEqual([1, { ready: true, generation: 2, problems: [] }]);
  finish();
  expect(await running).toEqual({ kind: 'ok', value: 'of the old' });
  await vi.waitFor(() => expect(events.slice(2)).toEqual(['stop sql 500']));
  expect(runtime.activeCalls).toBe(0);
});

test('a replaced generation is stopped after its time even when a call does not end', async () => {
  const { runtime, events, project } = await openRuntime(files, { handlers: { a: () => new Promise(() => {}) } });
  void runtime.invoke(callA);
  const next = await startNext(project, { handlers: { a: gives(2) } }, events);
  runtime.replace(next, { drainTimeoutMs: 10, stopTimeoutMs: 500 });
  await vi.waitFor(() => expect(events.slice(2)).toEqual(['stop sql 500']));
});

test('several generations can end at once, and closing waits for all of them', async () => {
  const [first, second] = [held('one'), held('two')];
  const { runtime, events, project } = await openRuntime(files, { handlers: { a: first.handler } });
  const calls = [runtime.invoke(callA)];
  runtime.replace(await startNext(project, { handlers: { a: second.handler } }, events), closing);
  calls.push(runtime.invoke(callA));
  runtime.replace(await startNext(project, { handlers: { a: gives('three') } }, events), closing);
  calls.push(runtime.invoke(callA));
  const closed = runtime.close(closing);
  second.finish();
  first.finish();
  expect(await Promise.all(calls)).toEqual(['one', 'two', 'three'].map(value => ({ kind: 'ok', value })));
  await closed;
  expect(events.slice(3)).toEqual(['stop sql 500', 'stop sql 500', 'stop sql 500', 'close 500']);
});

test('a generation that does not stop well is said, and serving goes on', async () => {
  const broken = { handlers: {}, stopping: Promise.reject(new Error('It clings.')) };
  broken.stopping.catch(() => {});
  const { runtime, events, lines, project } = await openRuntime(files, broken);
  runtime.replace(await startNext(project, { handlers: { a: gives(2) } }, events), closing);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines).toEqual([
    { level: 'error', message: 'A replaced plan did not end well. Error: It clings.', fields: undefined },
  ]);
  expect(await runtime.invoke(callA)).toEqual({ kind: 'ok', value: 2 });
  await expect(runtime.close(closing)).resolves.toBeUndefined();
});

test('whoever listens is told after the plan was replaced, in the order of listening, until it stops', async () => {
  const { runtime, events, project } = await openRuntime(files, { handlers: {} });
  const heard: unknown[] = [];
  const stop = runtime.onReload((plan, before) => {
    heard.push(['first', before.generation, plan.generation, runtime.plan === plan]);
  });
  runtime.onReload(plan => void heard.push(['second', plan.generation]));
  runtime.replace(await startNext(project, { handlers: {} }, events), closing);
  stop();
  runtime.replace(await startNext(project, { handlers: {} }, events), closing);
  expect(heard).toEqual([
    ['first', 1, 2, true],
    ['second', 2],
    ['second', 3],
  ]);
});

test('an endpoint that is gone is not found, a new one is served, one that does not fit is unavailable', async () => {
  const { runtime, events } = await openRuntime(files, { handlers: { a: gives(1) } });
  const other = await load({ 'tools/b.yml': toolFile('b'), 'tools/c.yml': toolFile('c') });
  const next = await startNext(other, { handlers: { b: gives('b'), c: gives('c') } }, events);
  runtime.replace({ ...next, unavailable: new Set(['tool:c']) }, closing);
  const outcomes = await Promise.all(
    ['a', 'b', 'c'].map(name => runtime.invoke({ ...callA, endpoint: `tool:${name}` })),
  );
  expect(outcomes).toEqual([
    { kind: 'not-found', endpoint: 'tool:a' },
    { kind: 'ok', value: 'b' },
    {
      kind: 'unavailable',
      reason: 'The tool c cannot be used since the last reload; the log of the server says why.',
      retryAfterMs: 60_000,
    },
  ]);
  expect(runtime.plan.tools.map(({ definition }) => definition.name)).toEqual(['b', 'c']);
});

test('what an operator should know of the last reload is a problem until a reload goes well', async () => {
  const { runtime } = await openRuntime(files, { handlers: {}, problems: ['A hook raised.'] });
  runtime.setReloadProblem('The last reload failed; see the log.');
  expect(runtime.readiness()).toEqual({
    ready: true,
    generation: 1,
    problems: ['The last reload failed; see the log.', 'A hook raised.'],
  });
  runtime.setReloadProblem(undefined);
  expect(runtime.readiness().problems).toEqual(['A hook raised.']);
});
