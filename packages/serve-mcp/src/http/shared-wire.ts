import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONRPCMessage, JSONRPCRequest, RequestId, Transport } from '@modelcontextprotocol/server';

export interface SharedExchange {
  /** Unique among the requests of one client only. */
  readonly clientId: RequestId;
  readonly req: IncomingMessage;
  finish(answer: string): void;
}

/**
 * Many HTTP exchanges as one connection of the SDK. Each request gets an id of its own here, and its answer the client's
 * id back. A client that hangs up cancels its request.
 */
export class SharedWire implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #exchanges = new Map<RequestId, SharedExchange>();
  #lastId = 0;

  async start(): Promise<void> {}

  /** Settles when the answer is written or the client is gone. */
  answer(request: JSONRPCRequest, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const id = ++this.#lastId;
    return new Promise(resolve => {
      const hangUp = () => {
        this.#exchanges.delete(id);
        this.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
        resolve();
      };
      const finish = (answer: string) => {
        res.off('close', hangUp);
        writeJson(res, answer);
        resolve();
      };
      res.once('close', hangUp);
      this.#exchanges.set(id, { clientId: request.id, req, finish });
      this.onmessage?.({ ...request, id });
    });
  }

  /** The exchange that a request of this wire belongs to; undefined once it is answered or its client is gone. */
  find(id: RequestId): SharedExchange | undefined {
    return this.#exchanges.get(id);
  }

  /** Passes answers on. There is no stream for anything else: calls that ask for more do not come this way. */
  async send(message: JSONRPCMessage): Promise<void> {
    if ('method' in message || message.id === undefined) return;
    const exchange = this.#exchanges.get(message.id);
    if (exchange === undefined) return;
    this.#exchanges.delete(message.id);
    exchange.finish(encode({ ...message, id: exchange.clientId }));
  }

  async close(): Promise<void> {
    const error = { code: -32_603, message: 'The server was stopped.' };
    for (const { clientId, finish } of this.#exchanges.values())
      finish(encode({ jsonrpc: '2.0', id: clientId, error }));
    this.#exchanges.clear();
    this.onclose?.();
  }
}

function encode(message: JSONRPCMessage): string {
  try {
    return JSON.stringify(message);
  } catch {
    const error = { code: -32_603, message: 'The answer cannot be written as JSON.' };
    return JSON.stringify({ jsonrpc: '2.0', id: 'id' in message ? message.id : null, error });
  }
}

function writeJson(res: ServerResponse, text: string): void {
  // Given text, node:http sends head and body in one write; given bytes, in two.
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}
