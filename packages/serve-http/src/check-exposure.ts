import { MxcpError } from '@mxcp-ts/diagnostics';
import type { HttpConfig } from '@mxcp-ts/project';
import { isLoopback } from './loopback.ts';

/**
 * Refuses to let strangers in by accident: while there is no authentication, an address beyond this machine needs
 * `allow_unauthenticated: true`.
 *
 * @param host - where to listen, when that is not what the configuration says
 */
export function checkExposure(
  config: Pick<HttpConfig, 'host' | 'allowUnauthenticated'>,
  host: string = config.host,
): void {
  if (isLoopback(host) || config.allowUnauthenticated) return;
  throw new MxcpError(
    'usage',
    `Listening on ${host} would let everyone who reaches this machine call every tool: there is no authentication yet.`,
    {
      hint: 'Listen on 127.0.0.1, or set transport.http.allow_unauthenticated: true if something in front of the server checks who calls.',
    },
  );
}
