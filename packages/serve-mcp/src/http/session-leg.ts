import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isInitializeRequest, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import { announceChanges, announceUpdates } from '../changes/announce-changes.ts';
import { inTurns } from '../changes/in-turns.ts';
import type { ListChanges } from '../changes/list-changes.ts';
import type { ProjectServer } from '../project-server.ts';
import { requestIdOf } from '../request-id.ts';
import type { Exchange } from './exchange.narrow.ts';
import { IdsInUse } from './ids-in-use.ts';
import { type JsonRpcRefusal, refusalResponse } from './json-rpc-error.ts';
import type { LegacyLeg } from './legacy-leg.ts';
import { type ReplayLimits, SessionEvents } from './session-events.ts';

export interface SessionOptions extends ReplayLimits {
  readonly sessionIdleTimeoutMs: number;
  readonly maxSessions: number;
  readonly evictableAfterMs: number;
  readonly retryIntervalMs: number;
  readonly identify: (req: IncomingMessage) => string | undefined;
  /** Called with the id of every session that has ended. */
  readonly onEnd: (id: string) => void;
  readonly log: Log;
}

interface Session {
  readonly product: ProjectServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Whose it is: of nobody else is a request in it answered. */
  readonly owner: string | undefined;
  readonly events: SessionEvents;
  readonly idsInUse: IdsInUse;
  /** Requests and streams of this session that have not ended. */
  openExchanges: number;
  lastUsedMs: number;
}

/** One server per session, kept between requests; sessions end by DELETE, by idleness, or to make room. */
export function createSessionLeg(createServer: () => ProjectServer, options: SessionOptions): LegacyLeg {
  const leg = new SessionLeg(createServer, options);
  return {
    fetch: (exchange, message) => leg.fetch(exchange, message),
    announce: changes => leg.announce(changes),
    announceUpdate: uri => leg.announceUpdate(uri),
    close: () => leg.close(),
  };
}

class SessionLeg {
  readonly #createServer: () => ProjectServer;
  readonly #options: SessionOptions;
  /** In order of last use, the longest unused first. */
  readonly #sessions = new Map<string, Session>();
  readonly #sweeper: NodeJS.Timeout;
  #opening = 0;

  constructor(createServer: () => ProjectServer, options: SessionOptions) {
    this.#createServer = createServer;
    this.#options = options;
    this.#sweeper = setInterval(() => this.#endExpired(), Math.min(options.sessionIdleTimeoutMs, 60_000));
    this.#sweeper.unref();
  }

  async fetch(exchange: Exchange, message: unknown): Promise<Response> {
    const { request } = exchange;
    const id = request.headers.get('mcp-session-id');
    if (id === null) return this.#open(exchange, message);
    this.#endExpired();
    const session = this.#sessions.get(id);
    // Nobody learns whether a session of another exists.
    if (session === undefined || session.owner !== this.#options.identify(exchange.req)) {
      const reason = 'This session does not exist (any more). Initialize again.';
      return refusalResponse({ status: 404, code: -32_001, message: reason, ...requestIdOf(message) });
    }
    this.#use(id, session, exchange);
    const unresumable = request.method === 'GET' ? whyUnresumable(request, session.events) : undefined;
    if (unresumable !== undefined) return refusalResponse(unresumable);
    const ids = session.idsInUse.take(message);
    if ('inUse' in ids) {
      const reason = 'A request of this session with the same id has not been answered yet. Use another id.';
      return refusalResponse({ status: 400, code: -32_600, message: reason, id: ids.inUse });
    }
    void exchange.closed.then(() => session.idsInUse.release(ids.taken));
    return session.transport.handleRequest(request, message === undefined ? {} : { parsedBody: message });
  }

  announce(changes: ListChanges): void {
    for (const { product } of this.#sessions.values()) announceChanges(product, changes, this.#options.log);
  }

  announceUpdate(uri: string): void {
    void inTurns([...this.#sessions.values()], ({ product }) =>
      announceUpdates(product, product.affectedBy(uri), this.#options.log),
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map(({ product }) => product.close()));
  }

  async #open(exchange: Exchange, message: unknown): Promise<Response> {
    if (exchange.request.method !== 'POST' || !isInitializeRequest(message)) {
      const reason = 'The Mcp-Session-Id header is missing. Initialize first.';
      return refusalResponse({ status: 400, code: -32_000, message: reason, ...requestIdOf(message) });
    }
    if (!this.#hasRoom()) {
      const reason = `All ${this.#options.maxSessions} sessions are in use. Try again later.`;
      const headers = { 'retry-after': '60' };
      return refusalResponse({ status: 503, code: -32_000, message: reason, headers, ...requestIdOf(message) });
    }
    this.#opening += 1;
    try {
      return await this.#initialize(exchange, message);
    } finally {
      this.#opening -= 1;
    }
  }

  async #initialize(exchange: Exchange, message: unknown): Promise<Response> {
    const { retryIntervalMs, identify, onEnd } = this.#options;
    const product = this.#createServer();
    const owner = identify(exchange.req);
    const events = new SessionEvents(this.#options);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: events,
      retryInterval: retryIntervalMs,
      onsessioninitialized: id => {
        const parts = { product, transport, owner, events, idsInUse: new IdsInUse() };
        this.#use(id, { ...parts, openExchanges: 0, lastUsedMs: Date.now() }, exchange);
      },
    });
    transport.onclose = () => {
      if (transport.sessionId === undefined) return;
      this.#sessions.delete(transport.sessionId);
      onEnd(transport.sessionId);
    };
    await product.connect(transport);
    const response = await transport.handleRequest(exchange.request, { parsedBody: message });
    if (transport.sessionId === undefined) await product.close();
    return response;
  }

  #use(id: string, session: Session, { closed }: Exchange): void {
    session.openExchanges += 1;
    this.#touch(id, session);
    void closed.then(() => {
      session.openExchanges -= 1;
      if (this.#sessions.get(id) === session) this.#touch(id, session);
    });
  }

  #touch(id: string, session: Session): void {
    session.lastUsedMs = Date.now();
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
  }

  #hasRoom(): boolean {
    const isFull = () => this.#sessions.size + this.#opening >= this.#options.maxSessions;
    if (isFull()) this.#endExpired();
    if (isFull()) this.#endIdle(this.#options.evictableAfterMs, 1);
    return !isFull();
  }

  #endExpired(): void {
    this.#endIdle(this.#options.sessionIdleTimeoutMs, Number.POSITIVE_INFINITY);
  }

  #endIdle(idleMs: number, atMost: number): void {
    const before = Date.now() - idleMs;
    let ended = 0;
    for (const [id, { product, openExchanges, lastUsedMs }] of this.#sessions) {
      if (lastUsedMs > before || ended >= atMost) return;
      if (openExchanges > 0) continue;
      this.#sessions.delete(id);
      ended += 1;
      void product.close();
    }
  }
}

/** Why a client that lost its connection cannot be told what it has missed. */
function whyUnresumable({ headers }: Request, events: SessionEvents): JsonRpcRefusal | undefined {
  const id = headers.get('last-event-id');
  switch (id === null ? 'kept' : events.standingOf(id)) {
    case 'kept':
      return undefined;
    case 'dropped': {
      const message = 'What was sent after this event is not kept any more. Send the request again.';
      return { status: 410, code: -32_000, message };
    }
    case 'unknown':
      return { status: 400, code: -32_000, message: 'Last-Event-ID names no event of this session.' };
  }
}
