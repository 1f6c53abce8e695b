// The DuckDB driver alone, in a thread as the product has it: the same statement, the same JSON text, the same number of
// connections, each with its statement prepared once. node bare-driver.mjs CONNECTIONS CALLERS SECONDS
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { measureInProcess } from '../load/measure-in-process.mjs';

const [connections, callers, seconds] = process.argv.slice(2).map(Number);
const worker = new Worker(new URL('bare-driver-thread.mjs', import.meta.url), { workerData: { connections } });
const pending = new Map();
let lastCall = 0;
await once(worker, 'message');
worker.on('message', ({ call, text }) => {
  pending.get(call)(text);
  pending.delete(call);
});

function ask(id) {
  const call = ++lastCall;
  worker.postMessage({ call, id });
  return new Promise(resolve => pending.set(call, resolve));
}

await measureInProcess({ call: ask, callers, seconds });
await worker.terminate();
