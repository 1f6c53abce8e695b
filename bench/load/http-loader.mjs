import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { headersOf } from '../protocol/mcp-request.mjs';

/** Starts the process that makes HTTP load. */
export function startHttpLoader() {
  const child = fork(fileURLToPath(new URL('http-load-process.mjs', import.meta.url)));
  const pending = new Map();
  let lastId = 0;
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = pending.get(id);
    pending.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  child.on('exit', () => {
    for (const { reject } of pending.values()) reject(new Error('The load process ended.'));
  });
  return {
    /** @param run - `port`, `callers`, `seconds` and the `requests` of `prepareRequests` */
    load(run) {
      const id = ++lastId;
      child.send({ id, ...run });
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    },
    close: () => child.disconnect(),
  };
}

/**
 * Sends every message once and keeps what came back as the expected answer of the load that follows.
 *
 * @param messages - JSON-RPC requests without ids, each with the text that its answer must hold
 */
export async function prepareRequests(port, messages) {
  const prepared = [];
  for (const { message, expectedText } of messages) {
    const body = JSON.stringify({ ...message, id: 7 });
    const headers = headersOf(message);
    const answer = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status !== 200 || !text.includes(expectedText) || text.includes('"isError":true'))
      throw new Error(`${message.params.name}: answered ${answer.status} ${text.slice(0, 500)}`);
    prepared.push({ payload: rawRequest(port, headers, body), expected: Buffer.from(text).toString('base64') });
  }
  return prepared;
}

function rawRequest(port, headers, body) {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'content-length': Buffer.byteLength(body),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /mcp HTTP/1.1\r\n${lines.join('')}\r\n${body}`).toString('base64');
}
