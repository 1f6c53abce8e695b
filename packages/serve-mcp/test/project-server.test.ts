import { LOG_LEVEL_META_KEY } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleStdioServer, type StdioServerFile } from './support/bundle-stdio-server.ts';
import { type AnyClient, httpClients, stdioClients } from './support/connect-clients.ts';
import { flightsEndpoints, openRuntime, type ReloadableRuntime } from './support/flights-runtime.ts';
import { type HttpUnderTest, serveOverHttp } from './support/serve-over-http.ts';
import { reloader, talkingEndpoints } from './support/talking-endpoints.ts';

// What a handler can say to its client has to arrive whoever the client is and however it is connected.
let file: StdioServerFile;
let served: HttpUnderTest;
let runtime: ReloadableRuntime;

beforeAll(async () => {
  file = await bundleStdioServer();
});
beforeEach(async () => {
  const reload = reloader(() => runtime, flightsEndpoints);
  runtime = await openRuntime([...talkingEndpoints(), reload]);
  served = await serveOverHttp(runtime);
  return () => served.close();
});
afterAll(() => file.remove());

const overHttp = Object.entries(httpClients).map(([name, connect]) => ({
  name: `${name} over HTTP`,
  isModern: name.includes('2026'),
  isHttp: true,
  connect: () => connect(served.url, { 'X-Agent': 'tester' }),
}));
const overStdio = Object.entries(stdioClients).map(([name, connect]) => ({
  name: `${name} over stdio`,
  isModern: name.includes('2026'),
  isHttp: false,
  connect: () => connect(file.command('talking')),
}));

describe.each([...overHttp, ...overStdio])('$name', ({ isModern, isHttp, connect }) => {
  let client: AnyClient;
  beforeEach(async () => {
    client = await connect();
    return () => client.close();
  });

  const call = async (name: string): Promise<unknown> => textOf(await client.callTool({ name, arguments: {} }));

  test('a handler knows who calls, and how', async () => {
    const [first, second] = [JSON.parse(String(await call('who'))), JSON.parse(String(await call('who')))];
    const hasSession = !isHttp || !isModern;
    expect(first).toEqual({
      transport: isHttp ? 'http' : 'stdio',
      requestId: expect.stringMatching(/^\d+$/),
      agent: isHttp ? 'tester' : null,
      user: null,
      session: hasSession ? expect.stringMatching(/^(stdio:)?[0-9a-f-]{36}$/) : null,
    });
    expect(second).toEqual({ ...first, requestId: String(Number(first.requestId) + 1) });
  });

  test('progress arrives in order while the call runs', async () => {
    const seen: unknown[] = [];
    const onprogress = (step: unknown) => seen.push(step);
    const counting = client.callTool({ name: 'count_until_enough', arguments: {} }, { onprogress });
    // Both SDKs lose progress that arrives in one piece with the result.
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(2);
    await call('enough');
    expect(textOf(await counting)).toBe('enough');
    expect(seen).toEqual([
      { progress: 1, total: 3, message: 'step 1' },
      { progress: 3, total: 3, message: 'step 3' },
    ]);
  });

  test('log messages arrive from the level on that the client asked for', async () => {
    const seen = notificationsOf(client);
    if (!isModern) await client.setLoggingLevel('info');
    const meta = isModern ? { _meta: { [LOG_LEVEL_META_KEY]: 'info' } } : {};
    const result = await client.callTool({ name: 'speak', arguments: {}, ...meta });
    expect(textOf(result)).toBe('spoken');
    await expect
      .poll(() => seen, { timeout: 10_000 })
      .toEqual([
        { method: 'notifications/message', params: { level: 'info', data: { rows: 3 }, logger: 'loader' } },
        { method: 'notifications/message', params: { level: 'error', data: 'loud' } },
      ]);
  });

  test('a call that is cancelled is aborted', async () => {
    const seen: unknown[] = [];
    const abort = new AbortController();
    const onprogress = (step: unknown) => {
      seen.push(step);
      abort.abort();
    };
    const cancelled = client.callTool({ name: 'wait', arguments: {} }, { signal: abort.signal, onprogress });
    await expect(cancelled).rejects.toThrow();
    await expect.poll(() => call('was_cancelled'), { timeout: 10_000 }).toBe('true');
    expect(seen).toEqual([{ progress: 1, message: 'waiting' }]);
  });

  test('a reload is announced list by list, and the session sees what is new', async () => {
    const seen = notificationsOf(client);
    if (isModern) await client.listen({ toolsListChanged: true, promptsListChanged: true });
    expect((await client.listPrompts()).prompts).toEqual([]);
    expect(await callUntilHeard(() => call('reload'))).toBe('reloaded');
    const announced = ['notifications/prompts/list_changed', 'notifications/tools/list_changed'];
    if (!isModern) announced.push('notifications/resources/list_changed');
    await expect.poll(() => seen.map(({ method }) => method).sort(), { timeout: 10_000 }).toEqual(announced.sort());
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['briefing']);
    expect(await call('greet')).toBe('Hello you');
    await expect(call('reload')).rejects.toThrow('There is no tool named "reload".');
  });

  /** Clients of 2025 open their stream after they are connected, and what is said before is lost. */
  async function callUntilHeard(reload: () => Promise<unknown>): Promise<unknown> {
    if (isHttp && !isModern) await expect.poll(() => served.openStreams(), { timeout: 10_000 }).toBe(1);
    return reload();
  }
});

interface Notification {
  readonly method: string;
  readonly params?: unknown;
}

/** What the server tells the client beside answers and progress. */
function notificationsOf(client: AnyClient): readonly Notification[] {
  const seen: Notification[] = [];
  client.fallbackNotificationHandler = async ({ method, params }) => {
    seen.push({ method, ...(params !== undefined && { params }) });
  };
  return seen;
}

function textOf({ content }: Awaited<ReturnType<AnyClient['callTool']>>): unknown {
  const [first] = content;
  return first?.type === 'text' ? first.text : first;
}
