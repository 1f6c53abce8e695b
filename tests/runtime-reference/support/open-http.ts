import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface LocalHttp {
  readonly url: string;
  readonly requests: readonly HttpRequest[];
  close(): Promise<void>;
}

type Reply = { readonly status?: number; readonly type?: string; readonly body: string };
type Route = (request: HttpRequest, query: URLSearchParams) => Reply | Promise<Reply>;

/** The outside world of the document, on loopback. Headers are the same in every answer, without a date. */
export async function openHttp(): Promise<LocalHttp> {
  const requests: HttpRequest[] = [];
  const routes = makeRoutes();
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then(async request => {
      requests.push(request);
      const { pathname, searchParams } = new URL(request.path, 'http://localhost');
      const route = routes[`${request.method} ${pathname}`];
      send(response, route === undefined ? { status: 404, body: 'nothing here' } : await route(request, searchParams));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function makeRoutes(): Readonly<Record<string, Route>> {
  const waiting = new Map<string, (() => void)[]>();
  return {
    'GET /json': () => json({ hello: 'world' }),
    'POST /json': () => json({ hello: 'poster' }),
    'GET /text': () => ({ type: 'text/plain', body: 'plain' }),
    'GET /broken': () => ({ status: 500, type: 'text/plain', body: 'out of order' }),
    'GET /data': (_, query) => json({ q: query.get('q'), key: query.get('key'), parts: [1, { deep: true }] }),
    // Answers when all are there: only requests that run at the same time are ever answered.
    'GET /together': async (_, query) => {
      const group = query.get('group') ?? '';
      const others = waiting.get(group) ?? [];
      waiting.set(group, others);
      await new Promise<void>(resolve => {
        others.push(resolve);
        if (others.length >= Number(query.get('of'))) for (const release of others) release();
      });
      return json({ number: Number(query.get('number')) });
    },
    'POST /graphql': ({ body, authorization }) => json({ data: { asked: JSON.parse(body), authorization } }),
    'GET /analytics/export': () =>
      json([
        { day: '2025-01-01', visits: 10 },
        { day: '2025-01-02', visits: 32 },
      ]),
    'POST /v1/customers': ({ body }) => createCustomer(new URLSearchParams(body)),
    'GET /v1/charges': (_, query) => listCharges(query),
  };
}

/** As the API of the client library answers. */
function createCustomer(form: URLSearchParams): Reply {
  if (form.get('email') === 'nobody') {
    const error = { type: 'invalid_request_error', message: 'Invalid email address: nobody', param: 'email' };
    return { ...json({ error }), status: 400 };
  }
  const fields = { email: form.get('email'), name: form.get('name'), created: 1_700_000_000 };
  return json({ id: 'cus_1', object: 'customer', ...fields });
}

function listCharges(query: URLSearchParams): Reply {
  if (query.get('customer') === 'cus_unknown') {
    const error = { type: 'invalid_request_error', message: 'No such customer: cus_unknown', param: 'customer' };
    return { ...json({ error }), status: 404 };
  }
  const all = [1, 2, 3].map(number => ({
    id: `ch_${number}`,
    object: 'charge',
    amount: number * 100,
    currency: 'eur',
    status: 'succeeded',
    created: 1_700_000_000 + number,
  }));
  const data = all.slice(0, Number(query.get('limit')));
  return json({ object: 'list', url: '/v1/charges', has_more: false, data });
}

function json(value: unknown): Reply {
  return { type: 'application/json', body: JSON.stringify(value) };
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, authorization: headers.authorization, body };
}

function send(response: ServerResponse, { status = 200, type = 'text/plain', body }: Reply): void {
  response.sendDate = false;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}
