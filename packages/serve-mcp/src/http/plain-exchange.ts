import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  JSONRPCErrorResponse,
  JSONRPCNotification,
  JSONRPCResultResponse,
  RequestId,
} from '@modelcontextprotocol/server';

/** As the SDK's entry does it: proxies cut connections on which nothing moves. */
const keepAliveMs = 15_000;

/** The only error that has an HTTP status of its own whoever throws it: the client cannot do what the call needs. */
const missingCapability = -32_021;

export interface PlainExchangeParts {
  /** Unique among the requests of one client only. */
  readonly clientId: RequestId;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Called once, at the end. */
  readonly onEnd: (end: 'answered' | 'hung-up') => void;
}

/**
 * One request and the way to its client: a JSON body, or a stream of events from the first message that comes before
 * the answer.
 */
export class PlainExchange {
  readonly #parts: PlainExchangeParts;
  #keepAlive: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(parts: PlainExchangeParts) {
    this.#parts = parts;
    parts.res.once('close', () => this.#end('hung-up'));
  }

  get clientId(): RequestId {
    return this.#parts.clientId;
  }

  get req(): IncomingMessage {
    return this.#parts.req;
  }

  /** Sends what comes before the answer. */
  notify(message: JSONRPCNotification): void {
    if (this.#isOver) return;
    const { res } = this.#parts;
    this.#keepAlive ??= openStream(res);
    res.write(eventOf(JSON.stringify(message)));
  }

  finish(message: JSONRPCResultResponse | JSONRPCErrorResponse): void {
    if (this.#isOver) return;
    const { clientId, res } = this.#parts;
    const text = encode({ ...message, id: clientId }, clientId);
    if (this.#keepAlive === undefined) writeJson(res, statusOf(message), text);
    else res.end(eventOf(text));
    this.#end('answered');
  }

  #end(end: 'answered' | 'hung-up'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#keepAlive);
    this.#parts.onEnd(end);
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
