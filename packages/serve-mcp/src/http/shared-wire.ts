import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type MessageExtraInfo,
  PerRequestHTTPServerTransport,
  type RequestId,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import { statelessRevision } from '../revision.ts';
import { PlainExchange } from './plain-exchange.ts';
import type { PlainRequest } from './plain-request.ts';

const classification = { era: 'modern', revision: statelessRevision } as const;
const extra: MessageExtraInfo = { classification };

/**
 * Many HTTP exchanges as one connection of the SDK. Each request gets an id of its own here, and its answer the client's
 * id back. A client that hangs up cancels its request.
 *
 * It descends from the SDK's transport for a single request because a server takes the revision of its connection from
 * that class; nothing else of it is used.
 */
export class SharedWire extends PerRequestHTTPServerTransport {
  readonly #exchanges = new Map<RequestId, PlainExchange>();
  #lastId = 0;
  #isOffering = false;
  #isRefused = false;

  constructor() {
    super({ classification });
  }

  override async start(): Promise<void> {}

  /**
   * Hands a request to the server.
   *
   * @returns settles when the answer is written or the client is gone; undefined when the server refuses the request
   *   itself, which it does at once, before any handler has seen it
   */
  offer(request: PlainRequest, req: IncomingMessage, res: ServerResponse): Promise<void> | undefined {
    const id = ++this.#lastId;
    this.#isRefused = false;
    this.#isOffering = true;
    this.onmessage?.({ ...request, id }, extra);
    this.#isOffering = false;
    return this.#isRefused ? undefined : this.#open(id, request.id, req, res);
  }

  /** Must be told when the server reports an error. @returns whether it concerned a request that is being offered */
  refuse(): boolean {
    this.#isRefused ||= this.#isOffering;
    return this.#isOffering;
  }

  /** The exchange that a request of this wire belongs to; undefined once it is answered or its client is gone. */
  find(id: RequestId): PlainExchange | undefined {
    return this.#exchanges.get(id);
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (this.refuse()) return;
    if ('method' in message) {
      const related = options?.relatedRequestId;
      // There is no stream for what belongs to no request, and this revision has no requests to clients.
      if (related !== undefined && !('id' in message)) this.#exchanges.get(related)?.notify(message);
    } else if (message.id !== undefined) {
      this.#exchanges.get(message.id)?.finish(message);
    }
  }

  override async close(): Promise<void> {
    const error = { code: -32_603, message: 'The server was stopped.' };
    for (const [id, exchange] of [...this.#exchanges]) exchange.finish({ jsonrpc: '2.0', id, error });
    this.onclose?.();
  }

  #open(id: number, clientId: RequestId, req: IncomingMessage, res: ServerResponse): Promise<void> {
    return new Promise(resolve => {
      const onEnd = (end: 'answered' | 'hung-up') => {
        this.#exchanges.delete(id);
        if (end === 'hung-up') this.#cancel(id);
        resolve();
      };
      this.#exchanges.set(id, new PlainExchange({ clientId, req, res, onEnd }));
    });
  }

  #cancel(requestId: number): void {
    this.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } }, extra);
  }
}
