import type { IncomingMessage, ServerResponse } from 'node:http';

/** One HTTP request as the SDK wants it. */
export interface Exchange {
  readonly request: Request;
  readonly req: IncomingMessage;
  /** Settles when the connection is through with this request, answered or not. */
  readonly closed: Promise<undefined>;
}

/**
 * Presents a request of node:http to the SDK without building a web `Request`, which costs more than the call itself.
 * Given the parsed body, the SDK reads `method`, `url`, `headers` and `signal` only; the conformance suite holds that.
 */
export function openExchange(req: IncomingMessage, res: ServerResponse): Exchange {
  const request = new NodeRequest(req);
  const closed = new Promise<undefined>(resolve => {
    res.once('close', () => {
      if (!res.writableFinished) request.abort();
      resolve(undefined);
    });
  });
  return { request: request as unknown as Request, req, closed };
}

/** The headers of a request that `openExchange` made, names in lower case; empty for any other. */
export function headersOf(request: Request | undefined): Readonly<Record<string, string>> {
  const opened: unknown = request;
  return opened instanceof NodeRequest ? plainHeaders(opened.incoming) : {};
}

/** The headers as node:http has them. Of those that a request can carry only `set-cookie` comes as a list. */
export function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const cookies = headers['set-cookie'];
  const all = cookies === undefined ? headers : { ...headers, 'set-cookie': cookies.join(', ') };
  return all as Record<string, string>;
}

class NodeRequest {
  readonly method: string;
  readonly headers: NodeHeaders;
  readonly body = null;
  readonly incoming: IncomingMessage;
  readonly #abortController = new AbortController();

  constructor(req: IncomingMessage) {
    this.incoming = req;
    this.method = req.method ?? 'GET';
    this.headers = new NodeHeaders(req);
  }

  get url(): string {
    return `http://${this.incoming.headers.host ?? 'localhost'}${this.incoming.url ?? '/'}`;
  }

  get signal(): AbortSignal {
    return this.#abortController.signal;
  }

  clone(): this {
    return this;
  }

  abort(): void {
    this.#abortController.abort();
  }
}

class NodeHeaders {
  readonly #req: IncomingMessage;

  constructor(req: IncomingMessage) {
    this.#req = req;
  }

  get(name: string): string | null {
    const value = this.#req.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const name of Object.keys(this.#req.headers)) yield [name, this.get(name) ?? ''];
  }

  *entries(): Generator<[string, string]> {
    yield* this;
  }
}
