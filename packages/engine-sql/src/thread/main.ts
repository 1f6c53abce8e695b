import { parentPort } from 'node:worker_threads';
import type { HostToThread, ThreadToHost } from './protocol.ts';
import { serveThread } from './serve-thread.ts';

// The entry of the thread that owns DuckDB; built into database-thread.js.
const port = parentPort;
if (port !== null) {
  const receive = serveThread((message: ThreadToHost) => port.postMessage(message));
  port.on('message', (message: HostToThread) => receive(message));
}
