import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as StdioTransportOf2025 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyClient, connectLegacy, connectModern, connectOf2025 } from '../support/connect-clients.ts';
import { everything, useEverything } from '../support/use-everything.ts';

const folder = mkdtempSync(join(tmpdir(), 'serve-mcp-'));
const entry = join(folder, 'server.mjs');
const command = { command: process.execPath, args: [entry], stderr: 'pipe' as const };

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('../support/stdio-server.ts', import.meta.url))],
    outfile: entry,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const clients: readonly [string, '2025' | '2026', () => Promise<AnyClient>][] = [
  ['the 2.x client at 2026-07-28', '2026', () => connectModern(new StdioClientTransport(command))],
  ['the 2.x client at 2025-11-25', '2025', () => connectLegacy(new StdioClientTransport(command))],
  ['the 1.x client', '2025', () => connectOf2025(new StdioTransportOf2025(command))],
];

test.each(clients)('%s lists and uses everything', async (_name, era, connect) => {
  const client = await connect();
  const used = await useEverything(client);
  const expected = everything(era);
  expect({ ...used, tools: used.tools.filter(({ name }) => name !== 'slow') }).toEqual(expected);
  await client.close();
});

test('a call that runs when stdin ends is answered, then the process ends by itself', async () => {
  const child = spawn(process.execPath, [entry], { stdio: 'pipe' });
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
