import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { program, startServer } from '../support/program.ts';
import { connectAsked, type UserAnswer } from './support/asked-client.ts';
import { flavors, makeQuestionsProject } from './support/questions-project.ts';
import { patience, serveTasks } from './support/serve-tasks.ts';
import type { Revision } from './support/wire-client.ts';

/** Far less than the 30 seconds that a running call would get, and the ten minutes that the SDK waits for an answer. */
const promptlyMs = 10_000;
const transports = ['http', 'stdio'] as const;
const revisions = ['2026-07-28', '2025-11-25'] as const;

// A client of 2026 has its answer already: what it asks its user is its own affair.
test.each(transports)('over %s a client of 2025 that gives up a call need not answer its question', async transport => {
  const { user, silent } = openSilence();
  const { asking, said } = await connect(transport, '2025-11-25', user);
  for (const flavor of flavors) {
    const abort = new AbortController();
    const params = { name: `${flavor}_rounds`, arguments: { key: flavor } };
    const call = asking.client.callTool(params, { signal: abort.signal }).catch(() => 'given up');
    await vi.waitFor(() => expect(silent.asked).toBe(1), patience);
    abort.abort();
    expect(await call).toBe('given up');
    await vi.waitFor(() => expect(silent.takenBack).toBe(1), patience);
    expect(said(flavor)).toEqual(['before']);
    Object.assign(silent, { asked: 0, takenBack: 0 });
  }
  const { content } = await asking.client.callTool({ name: 'py_touch', arguments: { uri: 'test://x' } });
  expect(content).toEqual([{ type: 'text', text: 'told' }]);
});

test.each(transports.flatMap(transport => revisions.map(revision => [transport, revision] as const)))(
  'over %s, %s, giving up a call after its question was answered ends the handler',
  async (transport, revision) => {
    const { asking, said } = await connect(transport, revision, { action: 'accept', content: { name: 'Ada' } });
    for (const flavor of flavors) {
      const abort = new AbortController();
      const params = { name: `${flavor}_linger`, arguments: { key: flavor } };
      const call = asking.client.callTool(params, { signal: abort.signal }).catch(() => 'given up');
      await vi.waitFor(() => expect(said(flavor)).toEqual(['waiting']), patience);
      abort.abort();
      expect(await call).toBe('given up');
      await vi.waitFor(() => expect(said(flavor)).toEqual(['waiting', 'stopped']), patience);
    }
  },
);

test.each(revisions)('a client of %s that hangs up with a question open costs nobody anything', async revision => {
  const { user, silent } = openSilence();
  const { asking, url, stop } = await connect('http', revision, user);
  asking.client.callTool({ name: 'ts_rounds', arguments: { key: 'gone' } }).catch(() => {});
  await vi.waitFor(() => expect(silent.asked).toBe(1), patience);
  await asking.client.close();
  const other = await connectAsked({ url }, revision, { action: 'decline' });
  const { content } = await other.client.callTool({ name: 'ts_rounds', arguments: { key: 'other' } });
  expect(content).toEqual([{ type: 'text', text: '{"stopped":"decline"}' }]);
  await other.client.close();
  expect(await inTime(stop())).toBe(0);
});

test.each(revisions)(
  'SIGTERM with a question to a client of %s open over HTTP: the server ends well',
  async revision => {
    const { user, silent } = openSilence();
    const { asking, stop } = await connect('http', revision, user);
    asking.client.callTool({ name: 'py_rounds', arguments: { key: 'open' } }).catch(() => {});
    await vi.waitFor(() => expect(silent.asked).toBe(1), patience);
    expect(await inTime(stop())).toBe(0);
  },
);

test('SIGTERM with a question open over stdio: the server ends well', async () => {
  expect(await endStdio(child => child.kill('SIGTERM'))).toBe(0);
});

// The SDK waits ten minutes for an answer that can no longer come, and the server for the call.
test('the end of stdin with a question open: the server ends well', { timeout: 20_000 }, async () => {
  expect(await endStdio(child => child.stdin?.end(), 4_000)).toBe(0);
});

test.each(transports)(
  'SIGTERM over %s with tasks that wait for input and tasks that work: the server ends well',
  async transport => {
    const served = await serveTasks(transport);
    const waiting = await served.create('ts_seat', { key: served.newJob().key });
    await served.reach(waiting, 'input_required');
    const { key, said } = served.newJob();
    await served.create('py_work', { key });
    await vi.waitFor(() => expect(said()).toEqual(['started']), patience);
    void served.server.stop();
    // Nobody could fetch what it would give, so it is not waited for.
    expect(await inTime(served.server.ended)).toBe(0);
    expect(said()).not.toContain('done');
  },
);

/** A user who never answers, until the test is over; `takenBack` counts the questions that need no answer any more. */
function openSilence() {
  const silent = { asked: 0, takenBack: 0 };
  const endings: (() => void)[] = [];
  onTestFinished(() => {
    for (const end of endings) end();
  });
  const user = (_message: string, signal: AbortSignal) => {
    silent.asked += 1;
    signal.addEventListener('abort', () => {
      silent.takenBack += 1;
    });
    return new Promise<object>(resolve => {
      endings.push(() => resolve({ action: 'cancel' }));
    });
  };
  return { silent, user };
}

async function connect(transport: 'http' | 'stdio', revision: Revision, user: UserAnswer) {
  const folder = makeQuestionsProject();
  const server = transport === 'http' ? await startServer(folder) : undefined;
  onTestFinished(() => void server?.child.kill('SIGKILL'));
  const asking = await connectAsked(server ?? { folder }, revision, user);
  onTestFinished(() => asking.client.close());
  return {
    asking,
    url: server?.url ?? '',
    stop: async () => (await server?.stop())?.exitCode,
    /** What a handler with this key has written. */
    said(key: string) {
      const file = join(folder, `${key}.log`);
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    },
  };
}

function inTime<T>(ended: Promise<T>, limitMs = promptlyMs): Promise<T | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(resolve => {
    timer = setTimeout(() => resolve('too late'), limitMs);
  });
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** Ends a server over stdio in some way while its question to a client of 2025 is open; gives its exit code, if that comes in time. */
async function endStdio(end: (child: ChildProcess) => void, limitMs = promptlyMs): Promise<number | null | string> {
  const child = spawn(process.execPath, [program, 'serve', '-C', makeQuestionsProject(), '--transport', 'stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const heard: string[] = [];
  createInterface({ input: child.stdout }).on('line', line => void heard.push(JSON.parse(line).method));
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'raw', version: '1' };
  const capabilities = { elicitation: { form: {} } };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities, clientInfo } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'plain_rounds', arguments: { key: 'open' } } });
  await vi.waitFor(() => expect(heard).toContain('elicitation/create'), patience);
  end(child);
  return inTime(ended, limitMs);
}
