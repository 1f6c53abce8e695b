import { request } from 'node:http';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { AdminRoute, AdminRoutes } from './protocol.ts';

export interface AdminClient {
  call<R extends AdminRoute>(
    route: R,
    body: AdminRoutes[R]['request'],
    signal?: AbortSignal,
  ): Promise<AdminRoutes[R]['answer']>;
}

/** A client for the server that listens at `path`, or undefined when none does. */
export async function connectAdmin(path: string): Promise<AdminClient | undefined> {
  const client: AdminClient = {
    call: (route, body, signal) => exchange(path, route, body, signal),
  };
  try {
    await client.call('GET /status', undefined, AbortSignal.timeout(5_000));
    return client;
  } catch (error) {
    if (isNobody(error)) return undefined;
    throw new MxcpError('unreadable', `A server holds ${path} but does not answer.`, { cause: error });
  }
}

function exchange<R extends AdminRoute>(
  socketPath: string,
  route: R,
  body: AdminRoutes[R]['request'],
  signal: AbortSignal | undefined,
): Promise<AdminRoutes[R]['answer']> {
  const [method, path] = route.split(' ');
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, ...(signal !== undefined && { signal }) }, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (incoming.statusCode === 200) resolve(JSON.parse(text));
        else reject(new MxcpError('unreadable', `The running server answered ${incoming.statusCode}: ${text}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function isNobody(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR' || code === 'ECONNRESET';
}
