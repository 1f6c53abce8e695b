import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MxcpError } from '@mxcp-ts/diagnostics';

export interface BoundServers {
  readonly servers: readonly Server[];
  readonly port: number;
}

/** How often a free port is looked for that both addresses of `localhost` have. */
const attempts = 10;

/**
 * Opens one server per address of a host. `localhost` has two: clients differ in which of 127.0.0.1 and ::1 they try,
 * and some give up after the first.
 */
export async function bindServers(newServer: () => Server, host: string, port: number): Promise<BoundServers> {
  const [first = host, ...others] = host.toLowerCase() === 'localhost' ? ['127.0.0.1', '::1'] : [bare(host)];
  for (let attempt = 1; ; attempt += 1) {
    const server = await listen(newServer(), first, port);
    const bound = portOf(server);
    const servers = [server];
    try {
      for (const address of others) servers.push(await listen(newServer(), address, bound));
      return { servers, port: bound };
    } catch (error) {
      if (isMissingAddress(error)) return { servers, port: bound };
      for (const opened of servers) opened.close();
      if (port !== 0 || attempt === attempts) throw error;
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(explain(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): MxcpError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new MxcpError('port-taken', `Port ${port} of ${host} is in use by another program.`, {
        hint: 'Choose another with --port, or stop the other program.',
        cause: error,
      });
    case 'EACCES':
      return new MxcpError('usage', `This user may not listen on port ${port}.`, {
        hint: 'Choose a port above 1023 with --port.',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAFNOSUPPORT':
      return new MxcpError('usage', `This machine has no address ${host} to listen on.`, {
        hint: 'Use 127.0.0.1, localhost, or an address of this machine.',
        cause: error,
      });
    default:
      return new MxcpError('usage', `The server cannot listen on ${host}, port ${port}: ${error.message}.`, {
        cause: error,
      });
  }
}

function isMissingAddress(error: unknown): boolean {
  return error instanceof MxcpError && error.code === 'usage';
}

function portOf(server: Server): number {
  const address = server.address() as AddressInfo | string | null;
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
