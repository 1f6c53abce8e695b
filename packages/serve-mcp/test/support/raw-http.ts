import { request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request with exactly these headers; `fetch` would refuse some and add others. */
export function send(url: URL, { method = 'POST', headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export const jsonHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A request of the 2026 revision with the headers that belong to it. */
export function modernRequest(method: string, params: Readonly<Record<string, unknown>> = {}): RawRequest {
  const name = params['name'] ?? params['uri'];
  return {
    headers: {
      ...jsonHeaders,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 7,
      method,
      params: { ...params, _meta: { ...envelope, ...metaOf(params) } },
    }),
  };
}

function metaOf({ _meta }: Readonly<Record<string, unknown>>): object {
  return typeof _meta === 'object' && _meta !== null ? _meta : {};
}

/** A request of the 2025 revisions, in a session or without one. */
export function legacyRequest(
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  session?: string,
): RawRequest {
  return {
    headers: {
      ...jsonHeaders,
      ...(method !== 'initialize' && { 'mcp-protocol-version': '2025-11-25' }),
      ...(session !== undefined && { 'mcp-session-id': session }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }),
  };
}

export const initialize = legacyRequest('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'test', version: '1.0.0' },
});

/** Opens a session of a 2025 client and gives its id. */
export async function openSession(url: URL): Promise<string> {
  const { headers } = await send(url, initialize);
  return String(headers['mcp-session-id']);
}

/** The JSON-RPC message of an answer, whether it came as JSON or as one server-sent event. */
export function messageOf({ body }: RawAnswer): unknown {
  const data = /^data: (.+)$/m.exec(body)?.[1];
  return JSON.parse(data ?? body);
}
