import net from 'node:net';
import { summarizeLatencies } from './run-callers.mjs';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Loads an HTTP server over raw keep-alive sockets, one request in flight per caller. Requests are serialised before,
 * and every answer must be the expected one, byte by byte: a fast error is not a result.
 *
 * @param requests - sent in turn: `payload` is the whole HTTP request, `expected` the body of its answer
 * @throws when an answer differs, a connection breaks, or an answer takes longer than `answerTimeoutMs`
 */
export async function loadHttp({ port, requests, callers, seconds, answerTimeoutMs = 20_000 }) {
  const latencies = [];
  const startedAt = performance.now();
  const run = { port, requests, latencies, answerTimeoutMs, endsAt: startedAt + seconds * 1000, next: 0 };
  await Promise.all(Array.from({ length: callers }, () => runConnection(run)));
  return summarizeLatencies(latencies, performance.now() - startedAt);
}

function runConnection(run) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(run.port, '127.0.0.1');
    let request;
    let sentAt = 0;
    let received = [];
    const fail = reason => {
      socket.destroy();
      reject(new Error(reason));
    };
    const send = () => {
      if (performance.now() >= run.endsAt) {
        socket.destroy();
        resolve();
        return;
      }
      request = run.requests[run.next++ % run.requests.length];
      received = [];
      sentAt = performance.now();
      socket.write(request.payload);
    };
    socket.setNoDelay(true);
    socket.setTimeout(run.answerTimeoutMs, () => fail(`No answer within ${run.answerTimeoutMs} ms.`));
    socket.on('connect', send);
    socket.on('error', error => fail(error.message));
    socket.on('end', () => fail('The server closed a connection.'));
    socket.on('data', chunk => {
      received.push(chunk);
      const answer = readAnswer(received.length === 1 ? chunk : Buffer.concat(received));
      if (answer === undefined) return;
      if (answer.status !== 200 || !answer.body.equals(request.expected)) {
        fail(`Answered ${answer.status} ${answer.body.toString().slice(0, 500)}`);
        return;
      }
      run.latencies.push(performance.now() - sentAt);
      send();
    });
  });
}

/** The status and body of a complete answer; undefined while a part of it is missing. */
export function readAnswer(bytes) {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.latin1Slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = /^content-length: *(\d+)/im.exec(head);
  if (length === null) return readChunks(bytes, end + 4, status);
  const bodyStart = end + 4;
  const bodyEnd = bodyStart + Number(length[1]);
  return bytes.length < bodyEnd ? undefined : { status, body: bytes.subarray(bodyStart, bodyEnd) };
}

function readChunks(bytes, start, status) {
  const parts = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.latin1Slice(at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { status, body: parts.length === 1 ? parts[0] : Buffer.concat(parts) };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
