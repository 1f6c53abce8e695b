import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type McpServeOptions, serveMcpStdio } from '../../src/index.ts';
import { StdioWire } from '../../src/stdio/stdio-wire.ts';
import { flightsEndpoints, ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { talkingEndpoints } from '../support/talking-endpoints.ts';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const patient = { timeout: 10_000 };
const call = (id: number, name: string) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });

async function connect(endpoints = flightsEndpoints(), options: Partial<McpServeOptions> = {}) {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const serverInfo = { name: 'flights', version: '1.2.3' };
  const server = serveMcpStdio(
    await openRuntime(endpoints),
    { serverInfo, log: () => {}, ...options },
    { stdin, stdout },
  );
  let received = '';
  stdout.on('data', chunk => (received += chunk));
  const messages = () =>
    received
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  return {
    server,
    stdin,
    stdout,
    messages,
    write: (message: unknown) => stdin.write(typeof message === 'string' ? message : `${JSON.stringify(message)}\n`),
    answers: (count: number) => expect.poll(() => messages().length, patient).toBe(count),
  };
}

test.each([
  ['a line that is not JSON', 'hello\n', { id: null, error: { code: -32700, message: 'A line is not valid JSON.' } }],
  [
    'a message that is not JSON-RPC',
    '{"id":5,"method":7}\n',
    { id: 5, error: { code: -32600, message: 'A message is not valid JSON-RPC 2.0.' } },
  ],
  [
    'a batch, which no revision has over stdio here',
    '[{"jsonrpc":"2.0","id":1,"method":"ping"}]\n',
    { id: null, error: { code: -32600, message: 'A message is not valid JSON-RPC 2.0.' } },
  ],
  [
    'a message over the limit',
    `{"text":"${'x'.repeat(2000)}"}\n`,
    { id: null, error: { code: -32600, message: 'A message is larger than 1000 bytes.' } },
  ],
])('%s is refused, and the next message is served', async (_what, line, refusal) => {
  const { write, answers, messages, server } = await connect(flightsEndpoints(), { maxBodyBytes: 1000 });
  write(line);
  write(initialize);
  await answers(2);
  expect(messages()[0]).toEqual({ jsonrpc: '2.0', ...refusal });
  expect(messages()[1]).toMatchObject({ id: 1, result: { protocolVersion: '2025-11-25' } });
  await server.close();
});

test('messages may arrive in any pieces', async () => {
  const { stdin, answers, messages, server } = await connect();
  const greet = { ...call(2, 'greet'), params: { name: 'greet', arguments: { name: 'Zürich 🛫' } } };
  const bytes = Buffer.from(`${JSON.stringify(initialize)}\r\n\n${JSON.stringify(greet)}\n`);
  for (let at = 0; at < bytes.length; at += 7) stdin.write(bytes.subarray(at, at + 7));
  await answers(2);
  expect(messages()[1].result).toEqual({ content: [{ type: 'text', text: 'Hello Zürich 🛫' }] });
  await server.close();
});

test('a cancelled call is aborted and not answered', async () => {
  let started: (signal: AbortSignal) => void = () => {};
  const called = new Promise<AbortSignal>(resolve => {
    started = resolve;
  });
  const wait = tool('wait', {}, ({ signal }) => {
    started(signal);
    return new Promise(() => {});
  });
  const { write, answers, messages, stdin, server } = await connect([...flightsEndpoints(), wait]);
  write(initialize);
  write(call(2, 'wait'));
  const signal = await called;
  write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } });
  if (!signal.aborted) await once(signal, 'abort');
  write(call(3, 'greet'));
  await answers(2);
  expect(messages().map(({ id }) => id)).toEqual([1, 3]);
  stdin.end();
  await server.closed;
});

test('progress comes before its result, and what a handler says after a cancellation goes nowhere', async () => {
  const { write, answers, messages, server } = await connect(talkingEndpoints());
  const asking = (id: number, name: string) => ({ ...call(id, name), params: { name, _meta: { progressToken: id } } });
  write(initialize);
  await answers(1);
  write(call(2, 'count'));
  await answers(2);
  write(asking(3, 'count'));
  await answers(5);
  write(asking(4, 'wait'));
  await answers(6);
  write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 4 } });
  write(call(5, 'was_cancelled'));
  await answers(7);
  expect(messages().map(({ id, params, result }) => id ?? params ?? result)).toEqual([
    1,
    2,
    { progressToken: 3, progress: 1, total: 4, message: 'first' },
    { progressToken: 3, progress: 3.5, total: 4, message: 'last' },
    3,
    { progressToken: 4, progress: 1, message: 'waiting' },
    5,
  ]);
  await server.close();
});

test('the end of stdin waits for the calls that run, not for ever for a broken stdout', async () => {
  const never = tool('never', {}, () => new Promise(() => {}));
  const { write, answers, stdin, stdout, server } = await connect([never]);
  write(initialize);
  await answers(1);
  write(call(2, 'never'));
  stdin.end();
  stdout.destroy(new Error('EPIPE'));
  await server.closed;
});

test('close lets a running call be answered', async () => {
  let answer: () => void = () => {};
  const wait = tool(
    'wait',
    {},
    () =>
      new Promise(resolve => {
        answer = () => resolve(ok('done'));
      }),
  );
  const { write, messages, server } = await connect([wait]);
  write(initialize);
  write(call(2, 'wait'));
  await expect.poll(() => server.activeCalls, patient).toBe(1);
  const closed = server.close({ deadlineMs: 10_000 });
  answer();
  await closed;
  expect(messages()[1]).toMatchObject({ id: 2, result: { content: [{ type: 'text', text: 'done' }] } });
});

test('an answer that JSON cannot express becomes an error and still counts as an answer', async () => {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const wire = new StdioWire({ stdin, stdout }, 1000);
  await wire.start();
  stdin.end(`${JSON.stringify(call(4, 'odd'))}\n`);
  await once(stdin, 'end');
  await wire.send({ jsonrpc: '2.0', id: 4, result: { n: 1n } });
  await wire.closed;
  expect(JSON.parse(String(stdout.read()))).toEqual({
    jsonrpc: '2.0',
    id: 4,
    error: { code: -32603, message: 'The result cannot be expressed in JSON.' },
  });
});
