import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  accept,
  knowsTasks,
  moment,
  patience,
  saying,
  serveTasks,
  type TasksUnderTest,
} from './support/serve-tasks.ts';
import { makeTasksProject } from './support/tasks-project.ts';
import { startWired } from './support/wire-client.ts';

const languages = ['ts', 'py'] as const;
const transports = ['http', 'stdio'] as const;
const acknowledged = { _meta: expect.anything(), resultType: 'complete' };

describe.each(transports)('over %s', transport => {
  let served: TasksUnderTest;
  beforeAll(async () => {
    served = await serveTasks(transport);
  });
  afterAll(() => served.server.stop());

  describe.each(languages)('%s', language => {
    test.each(['work', 'must'])('%s: a task is made, seen at work and fetched; its handler runs once', async tool => {
      const { key, said, letGo } = served.newJob();
      const taskId = await served.create(`${language}_${tool}`, { key });
      expect(await served.reach(taskId, 'working', { statusMessage: 'half (1 of 2)' })).toEqual({
        _meta: expect.anything(),
        resultType: 'complete',
        taskId,
        status: 'working',
        statusMessage: 'half (1 of 2)',
        createdAt: moment,
        lastUpdatedAt: moment,
        ttlMs: 3_600_000,
        pollIntervalMs: 50,
      });
      letGo();
      await served.expectResult(taskId, saying(`${key} is done`));
      expect(said()).toEqual(['started', 'done']);
    });

    test.each(['work', 'must'])('%s: a task that is cancelled ends its handler', async tool => {
      const { key, said } = served.newJob();
      const taskId = await served.create(`${language}_${tool}`, { key });
      await vi.waitFor(() => expect(said()).toEqual(['started']), patience);
      expect((await served.cancel(taskId)).result).toEqual(acknowledged);
      expect(await served.look(taskId)).toMatchObject({ status: 'cancelled' });
      await vi.waitFor(() => expect(said()).toEqual(['started', 'stopped']), patience);
    });

    test('a handler asks in two rounds, and is answered by tasks/update', async () => {
      const { key, said } = served.newJob();
      const taskId = await served.create(`${language}_seat`, { key });
      expect((await served.reach(taskId, 'input_required')).inputRequests).toEqual({ who: form('Who?', 'name') });
      expect((await served.update(taskId, { who: accept({ name: 'Ada' }) })).result).toEqual(acknowledged);
      const asked = await served.reach(taskId, 'input_required', { inputRequests: { where: expect.anything() } });
      expect(asked.inputRequests).toEqual({ where: form('Where does Ada sit?', 'seat') });
      await served.update(taskId, { where: accept({ seat: '12A' }) });
      await served.expectResult(taskId, saying('Ada sits in 12A'));
      expect(said()).toEqual(['started', 'started', 'started', 'done']);
    });

    test('who declines gets the handler’s own answer; what was given up while it waited stays cancelled', async () => {
      const declined = await served.create(`${language}_seat`, { key: served.newJob().key });
      await served.reach(declined, 'input_required');
      await served.update(declined, { who: { action: 'decline' } });
      await served.expectResult(declined, { isError: true, ...saying('Nobody sits anywhere.') });
      const { key, said } = served.newJob();
      const given = await served.create(`${language}_seat`, { key });
      await served.reach(given, 'input_required');
      await served.cancel(given);
      await served.update(given, { who: accept({ name: 'Ada' }) });
      expect(await served.look(given)).toMatchObject({ status: 'cancelled' });
      expect(said()).toEqual(['started']);
    });
  });

  test.each(['sql', ...languages])('%s: an `elicit` block asks before there is a task', async language => {
    const call = { name: `${language}_declared`, arguments: {} };
    const { result: asked } = await served.client.request('tools/call', call);
    const question = form('Who?', 'name');
    expect(asked).toEqual({
      _meta: expect.anything(),
      resultType: 'input_required',
      inputRequests: { input: { ...question, params: { mode: 'form', ...question.params } } },
      requestState: expect.any(String),
    });
    const { requestState } = asked;
    const answered = { requestState, inputResponses: { input: accept({ name: 'Ada' }) } };
    const { result: created } = await served.client.request('tools/call', { ...call, ...answered });
    expect(created.resultType).toBe('task');
    const said = language === 'sql' ? '[{"said":"Ada was asked"}]' : 'Ada was asked';
    await served.expectResult(created.taskId, saying(said));
    const declined = { requestState, inputResponses: { input: { action: 'decline' } } };
    expect((await served.client.request('tools/call', { ...call, ...declined })).result).toEqual({
      ...acknowledged,
      isError: true,
      ...saying('The user declined.'),
    });
  });

  test('a task of SQL gives its rows; one that is cancelled is interrupted in the database', async () => {
    await served.expectResult(await served.create('sql_twice', { n: 21 }), saying('[{"twice":42}]'));
    const { pid } = served.server;
    const taskId = await served.create('sql_endless');
    await vi.waitFor(async () => expect(await shareOfCpu(pid)).toBeGreaterThan(0.1), patience);
    await served.cancel(taskId);
    await vi.waitFor(async () => expect(await shareOfCpu(pid)).toBeLessThan(0.05), patience);
    expect(await served.look(taskId)).toMatchObject({ status: 'cancelled' });
  });

  test('a client that knows no tasks waits for the result, or is refused where only tasks will do', async () => {
    const plain = await served.server.connect('2026-07-28');
    const { key, letGo } = served.newJob();
    letGo();
    const { result } = await plain.request('tools/call', { name: 'py_work', arguments: { key } });
    expect(result).toEqual({ ...acknowledged, ...saying(`${key} is done`) });
    const refused = await plain.request('tools/call', { name: 'sql_twice', arguments: { n: 1 } });
    expect(refused.error).toMatchObject({
      code: -32_021,
      data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } },
    });
  });
});

test.each(transports)('a client of 2025 waits for the result over %s', async transport => {
  const folder = makeTasksProject();
  const server = await startWired(transport, folder);
  onTestFinished(() => server.stop());
  const client = await server.connect('2025-11-25', knowsTasks);
  const call = async (name: string, args: object) => client.request('tools/call', { name, arguments: args });
  for (const tool of ['ts_work', 'py_work']) {
    writeFileSync(join(folder, `${tool}.go`), '');
    expect((await call(tool, { key: tool })).result).toEqual(saying(`${tool} is done`));
  }
  expect((await call('sql_twice', { n: 1 })).error).toMatchObject({ code: -32_602 });
  expect((await client.request('tasks/get', { taskId: 'x' })).error).toMatchObject({ code: -32_601 });
});

function form(message: string, name: string) {
  const requestedSchema = { type: 'object', properties: { [name]: { type: 'string' } }, required: [name] };
  return { method: 'elicitation/create', params: { message, requestedSchema } };
}

/** How busy a process is just now: 1 is one core. */
async function shareOfCpu(pid: number): Promise<number> {
  const before = ticksOf(pid);
  await new Promise(resolve => setTimeout(resolve, 400));
  return (ticksOf(pid) - before) / 40;
}

/** User and system time of all its threads, in hundredths of a second; the name before them may hold spaces. */
function ticksOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = text.slice(text.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return user + system;
}
