import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleStdioServer, type StdioServerFile } from '../support/bundle-stdio-server.ts';
import { stdioClients } from '../support/connect-clients.ts';
import { everything, useEverything } from '../support/use-everything.ts';

let server: StdioServerFile;

beforeAll(async () => {
  server = await bundleStdioServer();
});
afterAll(() => server.remove());

test.each(Object.entries(stdioClients))('%s lists and uses everything', async (name, connect) => {
  const client = await connect(server.command());
  const used = await useEverything(client);
  const expected = everything(name.includes('2026') ? '2026' : '2025');
  expect({ ...used, tools: used.tools.filter(({ name }) => name !== 'slow') }).toEqual(expected);
  await client.close();
});

test('a call that runs when stdin ends is answered, then the process ends by itself', async () => {
  const child = spawn(process.execPath, server.command().args, { stdio: 'pipe' });
  const output = { out: '', err: '' };
  child.stdout.on('data', chunk => (output.out += chunk));
  child.stderr.on('data', chunk => (output.err += chunk));
  const exit = new Promise(resolve => child.on('close', resolve));
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  child.stdin.end(`${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'slow' } })}\n`);
  expect(await exit).toBe(0);
  const messages = output.out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(messages.map(({ id, error }) => ({ id, error }))).toEqual([{ id: 1 }, { id: 2 }]);
  expect(messages[1].result).toEqual({ content: [{ type: 'text', text: 'slow but sure' }] });
  expect(output.err).toBe('closed\n');
});
