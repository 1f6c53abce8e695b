import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type McpServer,
  type MessageExtraInfo,
  PerRequestHTTPServerTransport,
  type RequestId,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import { statelessRevision } from '../revision.ts';
import { Slots } from '../slots.ts';
import { type Dispatch, dispatchOf } from './dispatch.narrow.ts';
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
  readonly #exchanges = new Slots<PlainExchange>();
  #dispatch: Dispatch = () => {};
  #isOffering = false;
  #isRefused = false;

  constructor() {
    super({ classification });
  }

  override async start(): Promise<void> {}

  /** Settles at once, in effect: the wire needs no time to start. */
  async connect(product: McpServer): Promise<void> {
    const { server } = product;
    const report = server.onerror;
    server.onerror = error => {
      if (!this.#refuse()) report?.(error);
    };
    this.#dispatch = dispatchOf(server, this);
    await product.connect(this);
  }

  /**
   * Hands a request to the server.
   *
   * @returns settles when the answer is written or the client is gone; undefined when the server refuses the request
   *   itself, which it does at once, before any handler has seen it
   */
  offer(request: PlainRequest, req: IncomingMessage, res: ServerResponse): Promise<void> | undefined {
    const exchange = new PlainExchange(request.id, req, res);
    const id = this.#exchanges.add(exchange);
    if (id === undefined) return undefined;
    this.#isRefused = false;
    this.#isOffering = true;
    try {
      this.#dispatch({ ...request, id }, extra);
    } finally {
      this.#isOffering = false;
    }
    if (!this.#isRefused) return this.#whenOver(id, exchange);
    this.#exchanges.delete(id);
    return undefined;
  }

  /** The exchange that a request of this wire belongs to; undefined once it is answered or its client is gone. */
  find(id: RequestId): PlainExchange | undefined {
    return this.#exchanges.get(Number(id));
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (this.#refuse()) return;
    if ('method' in message) {
      const related = options?.relatedRequestId;
      // There is no stream for what belongs to no request, and this revision has no requests to clients.
      if (related !== undefined && !('id' in message)) this.find(related)?.notify(message);
    } else if (message.id !== undefined) {
      this.find(message.id)?.finish(message);
    }
  }

  override async close(): Promise<void> {
    const error = { code: -32_603, message: 'The server was stopped.' };
    for (const exchange of this.#exchanges.values()) exchange.finish({ jsonrpc: '2.0', id: exchange.clientId, error });
    this.onclose?.();
  }

  /** Whether a request is being offered, which is refused then. */
  #refuse(): boolean {
    this.#isRefused ||= this.#isOffering;
    return this.#isOffering;
  }

  #whenOver(id: number, exchange: PlainExchange): Promise<void> {
    return new Promise(resolve => {
      exchange.open(end => {
        this.#exchanges.delete(id);
        if (end === 'hung-up') this.#cancel(id);
        resolve();
      });
    });
  }

  #cancel(requestId: number): void {
    this.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } }, extra);
  }
}
