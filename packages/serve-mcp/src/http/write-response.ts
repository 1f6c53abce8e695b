import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Writes an answer of the SDK; settles when all of it is written or the client is gone. */
export async function writeResponse(res: ServerResponse, response: Response): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const { body } = response;
  if (body === null) {
    res.writeHead(response.status, headers).end();
  } else if (headers['content-type']?.startsWith('application/json') === true) {
    const bytes = Buffer.from(await response.arrayBuffer());
    res.writeHead(response.status, { ...headers, 'content-length': bytes.length }).end(bytes);
  } else {
    res.writeHead(response.status, headers);
    res.flushHeaders();
    await writeStream(res, body);
  }
}

async function writeStream(res: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  // The cancelled stream tells the SDK that nobody listens any more; it would keep it open otherwise.
  const cancel = () => void reader.cancel().catch(() => {});
  res.once('close', cancel);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (res.destroyed) return;
      if (!res.write(next.value)) await drainOrClose(res);
    }
  } finally {
    res.off('close', cancel);
    if (!res.destroyed) res.end();
  }
}

/** Takes its listeners back: a long stream to a slow client waits often. */
async function drainOrClose(res: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const waits = [once(res, 'drain', { signal }), once(res, 'close', { signal })].map(wait => wait.catch(() => {}));
  await Promise.race(waits).finally(() => over.abort());
}
