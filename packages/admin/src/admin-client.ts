import { request } from 'node:http';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { AdminRoute, AdminRoutes, AdminStatus } from './protocol.ts';
import { findSocketFile } from './socket-file.ts';

export interface AdminClient {
  /** The server as it was when the connection was made. */
  readonly status: AdminStatus;
  /** Rejects with the signal's reason when it aborts, and with an `MxcpError` when the server goes away. */
  call<R extends AdminRoute>(
    route: R,
    body: AdminRoutes[R]['request'],
    signal?: AbortSignal,
  ): Promise<AdminRoutes[R]['answer']>;
}

const statusTimeoutMs = 5_000;

/**
 * A client for the server that listens at `path`, or undefined when none does.
 *
 * @throws MxcpError `unreadable` when something is there that does not answer as a server of ours
 */
export async function connectAdmin(path: string): Promise<AdminClient | undefined> {
  if (!isTrusted(path)) return undefined;
  try {
    const status = await exchange(path, 'GET /status', undefined, AbortSignal.timeout(statusTimeoutMs));
    return { status, call: (route, body, signal) => exchange(path, route, body, signal).catch(explain(signal)) };
  } catch (error) {
    if (isNobody(error)) return undefined;
    throw new MxcpError('unreadable', `Something holds the admin socket ${path} but does not answer.`, {
      hint: 'A server that hangs has to be stopped; anything else: set MXCP_ADMIN_SOCKET to another path.',
      cause: error,
    });
  }
}

/** The folder may be one that everybody can write to: a socket that somebody else put there gets no arguments of ours. */
function isTrusted(path: string): boolean {
  const uid = process.getuid?.();
  const found = findSocketFile(path);
  return found !== undefined && (uid === undefined || uid === 0 || found.owner === uid);
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

function explain(signal: AbortSignal | undefined): (error: unknown) => never {
  return error => {
    if (error instanceof MxcpError || signal?.aborted === true) throw error;
    throw new MxcpError('unreadable', 'The running server went away before it answered.', {
      hint: 'Its log says why. Without a server the command works on the project itself.',
      cause: error,
    });
  };
}

function isNobody(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // EINVAL: the path is longer than a socket's may be, so nobody can listen there.
  return ['ENOENT', 'ECONNREFUSED', 'ENOTDIR', 'ECONNRESET', 'ENOTSOCK', 'EINVAL'].includes(String(code));
}
