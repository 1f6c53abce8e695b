import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Field {
  readonly id: string;
  readonly label?: string;
  readonly value?: string;
  readonly type?: string;
  readonly totp?: string;
  /** The id of a section. */
  readonly section?: string;
}

export interface Item {
  readonly id: string;
  readonly title: string;
  readonly sections?: readonly { readonly id: string; readonly label?: string }[];
  readonly fields: readonly Field[];
}

export interface Vault {
  readonly id: string;
  readonly name: string;
  readonly items: readonly Item[];
  /** The token was given no access to it. */
  readonly isForeign?: boolean;
}

export interface ConnectServer {
  readonly host: string;
  /** `GET /v1/vaults?filter=…`, in order, filters decoded. */
  readonly requests: readonly string[];
}

export const token = 'connect-token';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Speaks the part of 1Password Connect's REST API that reading fields takes, as its public reference describes it:
 * developer.1password.com/docs/connect/api-reference (list vaults, list items, get item; SCIM filters; error bodies).
 *
 * @param failing - statuses to answer first, whatever is asked
 */
export async function startConnect(vaults: readonly Vault[], failing: readonly number[] = []): Promise<ConnectServer> {
  const requests: string[] = [];
  const left = [...failing];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://connect');
    const filter = url.searchParams.get('filter');
    requests.push(`${request.method} ${url.pathname}${filter === null ? '' : `?filter=${filter}`}`);
    const status = left.shift();
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const given =
      status !== undefined ? error(status, 'not now') : isKnown ? answer(url.pathname, filter, vaults) : unauthorized;
    response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify(given.body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { host: `http://127.0.0.1:${port}`, requests };
}

const unauthorized = error(401, 'Invalid token signature');

function answer(path: string, filter: string | null, vaults: readonly Vault[]): Answer {
  const own = vaults.filter(vault => vault.isForeign !== true);
  if (path === '/v1/vaults') {
    const found = own.filter(({ name }) => matches(filter, 'name', name));
    return {
      status: 200,
      body: found.map(({ id, name }) => ({ id, name, type: 'USER_CREATED', attributeVersion: 1, contentVersion: 2 })),
    };
  }
  const [, vaultId, itemId] = /^\/v1\/vaults\/([^/]+)\/items(?:\/([^/]+))?$/.exec(path) ?? [];
  if (vaults.some(({ id, isForeign }) => id === vaultId && isForeign === true))
    return error(403, 'Authorization: access denied');
  const vault = own.find(({ id }) => id === vaultId);
  if (vault === undefined) return error(404, `vault ${vaultId} not found`);
  if (itemId === undefined) {
    const found = vault.items.filter(({ title }) => matches(filter, 'title', title));
    return { status: 200, body: found.map(item => summaryOf(item, vault)) };
  }
  const item = vault.items.find(({ id }) => id === itemId);
  return item === undefined ? error(404, `item ${itemId} not found`) : { status: 200, body: wholeItem(item, vault) };
}

function matches(filter: string | null, attribute: string, value: string): boolean {
  return filter === null || filter === `${attribute} eq ${JSON.stringify(value)}`;
}

function summaryOf({ id, title }: Item, vault: Vault) {
  return {
    id,
    title,
    version: 1,
    vault: { id: vault.id, name: vault.name },
    category: 'LOGIN',
    createdAt: '2024-01-01T00:00:00Z',
  };
}

function wholeItem(item: Item, vault: Vault) {
  const fields = item.fields.map(({ section, type = 'STRING', ...field }) => ({
    ...field,
    type,
    ...(section !== undefined && { section: { id: section } }),
    reference: `op://${vault.name}/${item.title}/${field.label ?? field.id}`,
  }));
  return { ...summaryOf(item, vault), sections: item.sections ?? [], fields };
}

function error(status: number, message: string): Answer {
  return { status, body: { status, message } };
}
