import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { bindServers } from './bind-servers.ts';
import { createRequestHandler } from './handle-request.ts';
import type { ListenOptions } from './listen-options.ts';

export interface ListeningHttp {
  /** Where clients reach it, without a path: `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, lets running requests end until the deadline, then cuts what is left. */
  close(options: { readonly deadlineMs: number }): Promise<void>;
}

/** Opens the listener of a project. @throws MxcpError `port-taken`, or `usage` when the address cannot be used */
export async function listenHttp(options: ListenOptions): Promise<ListeningHttp> {
  const state: State = { isClosing: false, silent: new Set() };
  const handle = createRequestHandler(options, state);
  const { servers, port } = await bindServers(() => newServer(handle, state), options.host, options.port);
  for (const server of servers) server.on('error', error => options.log('error', `HTTP: ${error.message}`));
  return {
    url: `http://${urlHostOf(options.host)}:${port}`,
    port,
    async close({ deadlineMs }) {
      state.isClosing = true;
      const closed = Promise.all(servers.map(server => closeServer(server, deadlineMs)));
      for (const socket of state.silent) socket.destroy();
      await closed;
    },
  };
}

interface State {
  isClosing: boolean;
  /** Connections that have not sent a request yet: browsers and pools open some in advance. */
  readonly silent: Set<Socket>;
}

function newServer(handle: (req: IncomingMessage, res: ServerResponse) => void, state: State): Server {
  const server = createServer(
    {
      // How long a client may take to send its head, and all of a request. Answers are not limited by these.
      headersTimeout: 20_000,
      requestTimeout: 60_000,
      // Longer than the idle time of common proxies, which would otherwise reuse a connection that is just closing.
      keepAliveTimeout: 65_000,
    },
    handle,
  );
  // Node does not count such a connection as idle, so it too would hold a closing server open.
  server.on('connection', socket => {
    state.silent.add(socket);
    socket.once('close', () => state.silent.delete(socket));
  });
  // A connection that is kept alive after its last answer would hold a closing server open until the deadline.
  server.on('request', (req, res) => {
    state.silent.delete(req.socket);
    res.once('close', () => {
      if (state.isClosing) setImmediate(() => server.closeIdleConnections());
    });
  });
  return server;
}

function closeServer(server: Server, deadlineMs: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function urlHostOf(host: string): string {
  if (host === 'localhost' || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
