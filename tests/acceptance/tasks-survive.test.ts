import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runProgram } from '../support/program.ts';
import { killGuest } from './support/guests.ts';
import { accept, patience, saying, serveTasks, type TasksUnderTest } from './support/serve-tasks.ts';

const languages = ['ts', 'py'] as const;

describe.each(['http', 'stdio'] as const)('over %s', transport => {
  let served: TasksUnderTest;
  beforeAll(async () => {
    served = await serveTasks(transport);
  });
  afterAll(() => served.server.stop());

  describe.each(languages)('%s', language => {
    test('kill -9 while a task works: it runs again if that can do no harm, else it ends in an error', async () => {
      const [once, again] = [served.newJob(), served.newJob()];
      const fragile = await served.create(`${language}_work`, { key: once.key });
      const sturdy = await served.create(`${language}_again`, { key: again.key });
      await vi.waitFor(() => expect([...once.said(), ...again.said()]).toEqual(['started', 'started']), patience);
      await killGuest(served.server.pid, language);
      const process = language === 'ts' ? 'TypeScript' : 'Python';
      const text = `The ${process} process was ended by SIGKILL during the call. Try again in 1 s.`;
      await served.expectResult(fragile, { isError: true, ...saying(text) });
      await vi.waitFor(() => expect(again.said()).toEqual(['started', 'started']), patience);
      again.letGo();
      await served.expectResult(sturdy, saying(`${again.key} is done`));
      expect([once.said(), again.said()]).toEqual([['started'], ['started', 'started', 'done']]);
    });

    test('kill -9 while a task waits: the answers still lead to the result', async () => {
      const { key, said } = served.newJob();
      const taskId = await served.create(`${language}_seat`, { key });
      await served.reach(taskId, 'input_required');
      await killGuest(served.server.pid, language);
      await served.update(taskId, { who: accept({ name: 'Ada' }) });
      await served.reach(taskId, 'input_required', { inputRequests: { where: expect.anything() } });
      await killGuest(served.server.pid, language);
      await served.update(taskId, { where: accept({ seat: '12A' }) });
      await served.expectResult(taskId, saying('Ada sits in 12A'));
      expect(said()).toEqual(['started', 'started', 'started', 'done']);
    });

    test('kill -9 after a task is over: its result, or that it was cancelled, is still there', async () => {
      const [done, given] = [served.newJob(), served.newJob()];
      const over = await served.create(`${language}_work`, { key: done.key });
      const cancelled = await served.create(`${language}_work`, { key: given.key });
      done.letGo();
      await served.expectResult(over, saying(`${done.key} is done`));
      await served.cancel(cancelled);
      await vi.waitFor(() => expect(given.said()).toEqual(['started', 'stopped']), patience);
      await killGuest(served.server.pid, language);
      await served.expectResult(over, saying(`${done.key} is done`));
      expect(await served.look(cancelled)).toMatchObject({ status: 'cancelled' });
    });
  });

  test('a reload leaves tasks alone: those that work go on, those that wait go on with the new code', async () => {
    const jobs = { ts: served.newJob(), py: served.newJob() };
    const start = async (name: string, of = jobs) => ({
      ts: await served.create(`ts_${name}`, { key: of.ts.key }),
      py: await served.create(`py_${name}`, { key: of.py.key }),
    });
    const working = await start('work');
    const waiting = await start('seat', { ts: served.newJob(), py: served.newJob() });
    for (const language of languages) {
      await vi.waitFor(() => expect(jobs[language].said()).toEqual(['started']), patience);
      await served.reach(waiting[language], 'input_required');
    }
    replaceIn(join(served.folder, 'typescript/jobs.ts'), 'sits in', 'now sits in');
    replaceIn(join(served.folder, 'python/jobs.py'), 'sits in', 'now sits in');
    expect((await runProgram(['reload', '-C', served.folder])).exitCode).toBe(0);
    for (const language of languages) {
      await served.update(waiting[language], { who: accept({ name: 'Ada' }) });
      await served.reach(waiting[language], 'input_required', { inputRequests: { where: expect.anything() } });
      await served.update(waiting[language], { where: accept({ seat: '12A' }) });
      await served.expectResult(waiting[language], saying('Ada now sits in 12A'));
      jobs[language].letGo();
      await served.expectResult(working[language], saying(`${jobs[language].key} is done`));
      expect(jobs[language].said()).toEqual(['started', 'done']);
    }
  });
});

test('a task is forgotten when its time is over, and ended if it still runs', async () => {
  const served = await serveShortly('1500ms');
  const over = await served.create('sql_twice', { n: 1 });
  const { key, said } = served.newJob();
  const late = await served.create('py_work', { key });
  await vi.waitFor(() => expect(said()).toEqual(['started']), patience);
  for (const taskId of [over, late]) {
    const gone = { code: -32_602, message: `There is no task "${taskId}" (any more).` };
    await vi.waitFor(async () => {
      expect((await served.client.request('tasks/get', { taskId })).error).toEqual(gone);
    }, patience);
  }
  await vi.waitFor(() => expect(said()).toEqual(['started', 'stopped']), patience);
});

/** Keeps tasks for this long. */
async function serveShortly(ttl: string) {
  const mcp = `mcp: { tasks: { ttl: ${ttl}, poll_interval: 50ms } }`;
  const served = await serveTasks('http', `mxcp: 1\nproject: tasks\nprofile: default\n${mcp}\n`);
  onTestFinished(() => served.server.stop());
  return served;
}

function replaceIn(file: string, before: string, after: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(before, after));
}
