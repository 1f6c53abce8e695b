import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Entries = Readonly<Record<string, unknown>>;

export interface Mount {
  readonly type?: string;
  /** Left out: 1, as Vault leaves the option out. */
  readonly version?: 1 | 2;
  /** By path inside the mount; a deleted secret of version 2 leaves its metadata behind. */
  readonly secrets: Readonly<Record<string, Entries | 'deleted'>>;
}

export interface VaultOptions {
  /** By path, without slashes at the ends. */
  readonly mounts: Readonly<Record<string, Mount>>;
  /** The paths each token may read, as the beginning of a path of the API; `''` allows everything. */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
  readonly namespace?: string;
  readonly isSealed?: boolean;
  /** Whether asking for a mount is answered, as every server does that is not behind a filter. */
  readonly answersMounts?: boolean;
  /** Whether a bad token is told apart from a missing permission, as servers do since 1.15. */
  readonly namesBadTokens?: boolean;
  /** Statuses to answer first, whatever is asked. */
  readonly failing?: readonly number[];
  /** AppRole logins: `role:secret` gives the token. */
  readonly roles?: { readonly mount: string; readonly tokens: Readonly<Record<string, string>> };
  /** Answers nothing at all. */
  readonly isSilent?: boolean;
  /** A standby node sends everything on to this address. */
  readonly standbyOf?: string;
}

export interface VaultServer {
  readonly address: string;
  /** `GET v1/secret/data/db`, in order. */
  readonly requests: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Speaks the part of Vault's HTTP API that reading KV secrets takes, as its public reference describes it:
 * developer.hashicorp.com/vault/api-docs, pages "Secrets engines: KV" (versions 1 and 2), "/sys/internal/ui/mounts",
 * "Auth methods: AppRole" and the overview (statuses, error bodies, namespaces).
 */
export async function startVault(options: VaultOptions): Promise<VaultServer> {
  const requests: string[] = [];
  const failing = [...(options.failing ?? [])];
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').slice(1);
    requests.push(`${request.method} ${path}`);
    if (options.isSilent === true) return;
    if (options.standbyOf !== undefined) {
      response.writeHead(307, { location: `${options.standbyOf}/${path}` }).end();
      return;
    }
    const status = failing.shift();
    const { status: given, body } =
      status === undefined ? answer(request, path, await bodyOf(request), options) : refusal(status, 'not now');
    response.writeHead(given, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${portOf(server.address())}`, requests };
}

function answer(request: IncomingMessage, path: string, body: string, options: VaultOptions): Answer {
  if (options.isSealed === true) return refusal(503, 'Vault is sealed');
  const named = request.headers['x-vault-namespace'];
  // Without its namespace a request looks for a mount of another one, and is not allowed to.
  if (options.namespace !== undefined && named !== options.namespace) return refusal(403, 'permission denied');
  const local = decodeURIComponent(path.replace(/^v1\//, ''));
  if (request.method === 'POST') return logIn(local, body, options);
  const token = request.headers['x-vault-token'];
  if (typeof token !== 'string') return refusal(400, 'missing client token');
  const allowed = options.tokens[token];
  if (allowed === undefined) {
    const texts = options.namesBadTokens === false ? ['permission denied'] : [badToken];
    return { status: 403, body: { errors: texts } };
  }
  const preflight = /^sys\/internal\/ui\/mounts\/(.+)$/.exec(local)?.[1];
  if (preflight !== undefined) return describeMount(preflight, options);
  if (!allowed.some(start => local.startsWith(start)))
    return refusal(403, '1 error occurred:\n\t* permission denied\n\n');
  return readSecret(local, options);
}

const badToken = '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n';

function describeMount(path: string, { mounts, answersMounts }: VaultOptions): Answer {
  const found = answersMounts === false ? undefined : findMount(path, mounts);
  if (found === undefined) {
    const text = `preflight capability check returned 403, please ensure client's policies grant access to path "${path}/"`;
    return refusal(403, text);
  }
  const [name, { type = 'kv', version }] = found;
  const data = {
    accessor: 'kv_f3f2ae5d',
    config: { default_lease_ttl: 0, force_no_cache: false, max_lease_ttl: 0 },
    description: '',
    external_entropy_access: false,
    local: false,
    options: version === 2 ? { version: '2' } : null,
    path: `${name}/`,
    seal_wrap: false,
    type,
    uuid: '2f1c33b4-6c5d-4b1d-9b1c-0a6c8f6d1c8b',
  };
  return { status: 200, body: envelope(data) };
}

function readSecret(path: string, { mounts }: VaultOptions): Answer {
  const found = findMount(path, mounts);
  // What is mounted nowhere has no handler, and says so.
  if (found === undefined) return refusal(404, `no handler for route "${path}". route entry not found.`);
  const [name, { version, secrets }] = found;
  const inside = path.slice(name.length + 1);
  if (version !== 2) {
    const entries = secrets[inside];
    return entries === undefined || entries === 'deleted' ? nothing : { status: 200, body: envelope(entries) };
  }
  const entries = inside.startsWith('data/') ? secrets[inside.slice('data/'.length)] : undefined;
  const metadata = {
    created_time: '2024-03-22T02:24:06.945319214Z',
    custom_metadata: null,
    deletion_time: entries === 'deleted' ? '2024-03-22T02:36:43.986212308Z' : '',
    destroyed: false,
    version: 2,
  };
  if (entries === undefined) return nothing;
  if (entries === 'deleted') return { status: 404, body: envelope({ data: null, metadata }) };
  return { status: 200, body: envelope({ data: entries, metadata }) };
}

function logIn(path: string, body: string, { roles }: VaultOptions): Answer {
  if (path !== `auth/${roles?.mount}/login`)
    return refusal(404, `no handler for route "${path}". route entry not found.`);
  const { role_id, secret_id }: Readonly<Record<string, unknown>> = JSON.parse(body);
  const token = roles?.tokens[`${role_id}:${secret_id}`];
  if (token === undefined) return refusal(400, 'invalid role or secret ID');
  const auth = {
    accessor: 'fd6c9a00',
    client_token: token,
    lease_duration: 1200,
    policies: ['default'],
    renewable: true,
  };
  return { status: 200, body: { ...envelope(null), auth } };
}

const nothing: Answer = { status: 404, body: { errors: [] } };

function findMount(path: string, mounts: VaultOptions['mounts']): readonly [string, Mount] | undefined {
  return Object.entries(mounts).find(([name]) => path === name || path.startsWith(`${name}/`));
}

function refusal(status: number, text: string): Answer {
  return { status, body: { errors: [text] } };
}

function envelope(data: unknown): Readonly<Record<string, unknown>> {
  return {
    request_id: '6e1b2a0c-5f6d-2f0c-3a11-6d5a2f3c1b7e',
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data,
    wrap_info: null,
    warnings: null,
    auth: null,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
