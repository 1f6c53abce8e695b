import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { Log } from '@mxcp-ts/engine';
import type { AdminRoute, AdminRoutes } from './protocol.ts';
import { readCaller } from './read-caller.ts';
import { findSocketFile } from './socket-file.ts';

/** What answers each route. The signal aborts when the client goes away. */
export type AdminHandlers = {
  readonly [R in AdminRoute]: (
    request: AdminRoutes[R]['request'],
    signal: AbortSignal,
  ) => Promise<AdminRoutes[R]['answer']>;
};

export interface AdminServer {
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Opens the admin socket: mode 0600, in a folder of mode 0700 when it has to be made.
 *
 * @throws MxcpError `socket-taken` when a live server answers at this path; a file left behind by a dead one is replaced
 */
export async function openAdminSocket(path: string, handlers: AdminHandlers, log: Log): Promise<AdminServer> {
  refuseOtherFile(path);
  if (await answers(path)) {
    throw new MxcpError('socket-taken', `Another mxcp-ts server of this project already listens at ${path}.`, {
      hint: 'Stop it first, or set MXCP_ADMIN_SOCKET to another path.',
    });
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const server = createServer((request, response) => {
    respond(request, response, handlers).catch((error: unknown) => {
      log('error', `Admin request ${request.method} ${request.url} failed. ${String(error)}`);
      send(response, 500, { detail: 'The request failed; see the log of the server.' });
    });
  });
  await listen(server, path);
  return { path, close: () => close(server, path) };
}

/** What a dead server left behind is removed; nothing else that happens to lie there is. */
function refuseOtherFile(path: string): void {
  const found = findSocketFile(path);
  if (found === undefined || found.isSocket) return;
  throw new MxcpError('socket-taken', `${path} is not a socket, so the admin socket cannot be there.`, {
    hint: 'Set MXCP_ADMIN_SOCKET to a path that is free.',
  });
}

async function respond(request: IncomingMessage, response: ServerResponse, handlers: AdminHandlers): Promise<void> {
  const route = `${request.method} ${request.url?.split('?')[0]}`;
  if (!isRoute(route, handlers)) return send(response, 404, { detail: 'Not Found' });
  const body = await readJson(request);
  if (!body.ok) return send(response, 422, { detail: 'The body is not JSON.' });
  const checked = route === 'POST /invoke' ? readInvoke(body.value) : body;
  if (!checked.ok) return send(response, 422, { detail: checked.problem });
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const handler = handlers[route] as (body: unknown, signal: AbortSignal) => Promise<unknown>;
  send(response, 200, await handler(checked.value, gone.signal));
}

/** The body of a call with its caller filled in. */
function readInvoke(body: unknown): { ok: true; value: unknown } | { ok: false; problem: string } {
  if (typeof body !== 'object' || body === null) return { ok: false, problem: 'The body must be an object.' };
  if ('answers' in body && (typeof body.answers !== 'object' || body.answers === null || Array.isArray(body.answers)))
    return { ok: false, problem: 'The answers must be an object: what was asked for, by key.' };
  if (!('context' in body)) return { ok: true, value: body };
  const read = readCaller(body.context);
  return read.ok ? { ok: true, value: { ...body, context: read.caller } } : read;
}

function isRoute(route: string, handlers: AdminHandlers): route is AdminRoute {
  return Object.hasOwn(handlers, route);
}

async function readJson(request: IncomingMessage): Promise<{ ok: true; value: unknown } | { ok: false }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString()) };
  } catch {
    return { ok: false };
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

function answers(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path);
    const settle = (isLive: boolean) => {
      socket.destroy();
      resolve(isLive);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The socket must never exist with a wider mode, not even between bind and chmod.
    const before = process.umask(0o177);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve();
    });
    process.umask(before);
  });
}

function close(server: Server, path: string): Promise<void> {
  return new Promise(resolve => {
    server.close(() => {
      rmSync(path, { force: true });
      resolve();
    });
    server.closeAllConnections();
  });
}
