import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { HostCrossing } from '../functions/host-crossing.ts';
import type { HostToThread, ThreadToHost } from './protocol.ts';
import { serveThread } from './serve-thread.ts';

// The entry of the thread that owns DuckDB; built into database-thread.js.
const port = parentPort;
if (port !== null) {
  const { wake }: { readonly wake: Int32Array } = workerData;
  const post = (message: ThreadToHost) => port.postMessage(message, buffersOf(message));
  const crossing: HostCrossing = new HostCrossing({
    wake,
    post,
    takeNext: () => receiveMessageOnPort(port)?.message,
    deliver: message => service.receive(message),
    interrupt: id => service.interrupt(id),
  });
  const service = serveThread(post, crossing);
  port.on('message', (message: HostToThread) => crossing.arrive(message));
}

/** Columns are handed over, not copied. */
function buffersOf(message: ThreadToHost): ArrayBuffer[] {
  if (message.type !== 'columns') return [];
  const { buffer } = message.batch.bytes;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}
