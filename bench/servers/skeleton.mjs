// The parts of the product without the product: a Node process with the same packages imported, an empty DuckDB in a
// thread, a bare Node guest and a bare Python guest. Its memory is what ours is compared with.
// node skeleton.mjs CONNECTIONS
import '@modelcontextprotocol/server';
import '@modelcontextprotocol/server/stdio';
import 'esbuild';
import 'yaml';
import { spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('skeleton-thread.mjs', import.meta.url), {
  workerData: { connections: Number(process.argv[2]) },
});
const stdio = ['ignore', 2, 2, 'pipe'];
const nodeGuest = "require('node:fs').createReadStream('', { fd: 3 }).resume()";
const pythonGuest = 'import asyncio, json, os, threading\nwhile os.read(3, 4096): pass';
const guests = [
  spawn(process.execPath, ['-e', nodeGuest], { stdio }),
  spawn('python3', ['-c', pythonGuest], { stdio }),
];
worker.once('message', () => setTimeout(() => process.stdout.write('ready\n'), 1_000));
process.once('SIGTERM', () => {
  for (const guest of guests) guest.kill();
  process.exit(0);
});
