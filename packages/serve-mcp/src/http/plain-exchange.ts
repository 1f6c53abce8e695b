import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  JSONRPCErrorResponse,
  JSONRPCNotification,
  JSONRPCResultResponse,
  RequestId,
} from '@modelcontextprotocol/server';

/** As the SDK's entry does it: proxies cut connections on which nothing moves. */
const keepAliveMs = 15_000;

/** What may wait for a client that reads slowly, before messages to it are dropped; its answer never is. */
const maxUnreadBytes = 1_048_576;

/** The only error that has an HTTP status of its own whoever throws it: the client cannot do what the call needs. */
const missingCapability = -32_021;

/**
 * One request and the way to its client: a JSON body, or a stream of events from the first message that comes before
 * the answer.
 */
export class PlainExchange {
  /** Unique among the requests of one client only. */
  readonly clientId: RequestId;
  readonly req: IncomingMessage;
  readonly #res: ServerResponse;
  #keepAlive: NodeJS.Timeout | undefined;
  #onEnd: ((end: 'answered' | 'hung-up') => void) | undefined;

  constructor(clientId: RequestId, req: IncomingMessage, res: ServerResponse) {
    this.clientId = clientId;
    this.req = req;
    this.#res = res;
  }

  /** @param onEnd - called once, when the answer is written or the client is gone */
  open(onEnd: (end: 'answered' | 'hung-up') => void): void {
    this.#onEnd = onEnd;
    if (this.#res.destroyed) this.#end('hung-up');
    else this.#res.once('close', () => this.#end('hung-up'));
  }

  /** Sends what comes before the answer. */
  notify(message: JSONRPCNotification): void {
    // Progress and logs of a client that does not read them would fill the memory.
    if (this.#onEnd === undefined || this.#res.writableLength > maxUnreadBytes) return;
    this.#keepAlive ??= openStream(this.#res);
    this.#res.write(eventOf(JSON.stringify(message)));
  }

  finish(message: JSONRPCResultResponse | JSONRPCErrorResponse): void {
    if (this.#onEnd === undefined) return;
    const text = encode({ ...message, id: this.clientId }, this.clientId);
    if (this.#keepAlive === undefined) writeJson(this.#res, statusOf(message), text);
    else this.#res.end(eventOf(text));
    this.#end('answered');
  }

  #end(end: 'answered' | 'hung-up'): void {
    clearInterval(this.#keepAlive);
    this.#onEnd?.(end);
    this.#onEnd = undefined;
  }
}

function openStream(res: ServerResponse): NodeJS.Timeout {
  res.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  return setInterval(() => res.write(': keepalive\n\n'), keepAliveMs).unref();
}

function encode(message: JSONRPCResultResponse | JSONRPCErrorResponse, id: RequestId): string {
  try {
    return JSON.stringify(message);
  } catch {
    const error = { code: -32_603, message: 'The answer cannot be written as JSON.' };
    return JSON.stringify({ jsonrpc: '2.0', id, error });
  }
}

function eventOf(text: string): string {
  return `event: message\ndata: ${text}\n\n`;
}

function statusOf(message: JSONRPCResultResponse | JSONRPCErrorResponse): number {
  return 'error' in message && message.error.code === missingCapability ? 400 : 200;
}

function writeJson(res: ServerResponse, status: number, text: string): void {
  // Given text, node:http sends head and body in one write; given bytes, in two.
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}
