import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { program, type RunningServer, startServer } from '../../support/program.ts';

export type Revision = '2025-11-25' | '2026-07-28';

/** A JSON-RPC message as it was on the wire. */
export interface WireMessage {
  readonly id?: number;
  readonly method?: string;
  /** Of an answer: what came before it. */
  readonly before?: readonly WireMessage[];
  // biome-ignore lint/suspicious/noExplicitAny: what comes over a wire is compared as a whole, and read in tests only
  readonly [field: string]: any;
}

/** A client without an SDK: it sends what it is told, and shows what comes back as it is. */
export interface WireClient {
  /** The result of `initialize`; undefined for a client of 2026, which needs none. */
  readonly introduction: WireMessage | undefined;
  /** The answer, a result or an error. `headers` are sent over HTTP beside those that belong to the message. */
  request(
    method: string,
    params?: object,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<WireMessage>;
}

/** A server with a wire to it. */
export interface WiredServer {
  readonly pid: number;
  connect(revision: Revision, capabilities?: object): Promise<WireClient>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<void>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

/** Over stdio there is one client, because the server is its child. */
export async function startWired(transport: 'http' | 'stdio', folder: string): Promise<WiredServer> {
  return transport === 'http' ? wireHttp(await startServer(folder)) : wireStdio(folder);
}

export const metaOf2026 = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
} as const;

function withEnvelope(params: object, capabilities: object): object {
  const envelope = { [metaOf2026.version]: '2026-07-28', [metaOf2026.capabilities]: capabilities };
  return { ...params, _meta: { ...envelope, ...('_meta' in params ? (params._meta as object) : {}) } };
}

const initialization = (capabilities: object) => ({
  protocolVersion: '2025-11-25',
  capabilities,
  clientInfo: { name: 'wire', version: '1.0.0' },
});

function wireHttp(server: RunningServer): WiredServer {
  return {
    pid: server.child.pid ?? 0,
    connect: (revision, capabilities = {}) => connectHttp(server.url, revision, capabilities),
    async stop() {
      await server.stop();
    },
    ended: server.ended.then(({ exitCode }) => exitCode),
  };
}

/** Over HTTP to a server that somebody else has started. */
export async function connectHttp(url: string, revision: Revision, capabilities: object): Promise<WireClient> {
  let lastId = 0;
  let session: string | undefined;
  async function post(method: string, params: object, more: Readonly<Record<string, string | undefined>>, id?: number) {
    const name = ['name', 'uri', 'taskId'].map(key => (params as Record<string, unknown>)[key]).find(Boolean);
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(method !== 'initialize' && { 'mcp-protocol-version': revision }),
      ...(session !== undefined && { 'mcp-session-id': session }),
      ...(revision === '2026-07-28' && {
        'mcp-method': method,
        ...(name !== undefined && { 'mcp-name': String(name) }),
      }),
      ...more,
    };
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const body = JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, params });
    const answer = await fetch(url, { method: 'POST', headers: Object.fromEntries(sent), body });
    session ??= answer.headers.get('mcp-session-id') ?? undefined;
    return { status: answer.status, text: await answer.text() };
  }
  const request: WireClient['request'] = async (method, params = {}, headers = {}) => {
    const id = ++lastId;
    const sent = revision === '2026-07-28' ? withEnvelope(params, capabilities) : params;
    const { status, text } = await post(method, sent, headers, id);
    return { ...answerIn(text), ...(status !== 200 && { status }) };
  };
  if (revision === '2026-07-28') return { introduction: undefined, request };
  const { result: introduction } = await request('initialize', initialization(capabilities));
  await post('notifications/initialized', {}, {});
  return { introduction, request };
}

/** The last message of a body, be it JSON or a stream of events. */
function answerIn(text: string): WireMessage {
  const events = [...text.matchAll(/^data: (.+)$/gm)].flatMap(([, data]) => (data === undefined ? [] : [data]));
  const messages = (events.length === 0 ? [text] : events).map(each => JSON.parse(each) as WireMessage);
  return { ...messages.at(-1), before: messages.slice(0, -1) };
}

function wireStdio(folder: string): WiredServer {
  const child = spawn(process.execPath, [program, 'serve', '-C', folder, '--transport', 'stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const waiting = new Map<unknown, (message: WireMessage) => void>();
  const before: WireMessage[] = [];
  createInterface({ input: child.stdout }).on('line', line => {
    const message = JSON.parse(line) as WireMessage;
    if (message.method === undefined) waiting.get(message.id)?.({ ...message, before: before.splice(0) });
    else before.push(message);
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let lastId = 0;
  return {
    pid: child.pid ?? 0,
    async connect(revision, capabilities = {}) {
      const request = (method: string, params: object = {}) =>
        new Promise<WireMessage>(resolve => {
          const id = ++lastId;
          waiting.set(id, resolve);
          send({ id, method, params: revision === '2026-07-28' ? withEnvelope(params, capabilities) : params });
        });
      if (revision === '2026-07-28') return { introduction: undefined, request };
      const { result: introduction } = await request('initialize', initialization(capabilities));
      send({ method: 'notifications/initialized' });
      return { introduction, request };
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    ended,
  };
}
