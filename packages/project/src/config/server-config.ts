import { dirname, resolve } from 'node:path';
import type { UserConfigFile } from '@mxcp-ts/schemas';
import { readTimeoutMs } from '../endpoint/read-timeout.ts';
import type { HttpConfig, LoggingConfig } from '../project.ts';
import { expandHome } from '../references/resolve-references.ts';

const defaultIdleTimeoutMs = 30 * 60_000;

/** How the server listens: what is written, and the defaults for the rest. */
export function httpConfig(user: UserConfigFile, stateSecret: string | undefined): HttpConfig {
  const http = user.transport?.http ?? {};
  return Object.freeze({
    host: http.host ?? 'localhost',
    port: http.port ?? 8000,
    scheme: http.scheme ?? 'auto',
    baseUrl: http.base_url?.replace(/\/+$/, ''),
    trustProxy: http.trust_proxy ?? false,
    isStateless: http.stateless ?? false,
    allowedHosts: Object.freeze(http.allowed_hosts ?? []),
    allowedOrigins: Object.freeze(http.allowed_origins ?? []),
    allowUnauthenticated: http.allow_unauthenticated ?? false,
    sessionIdleTimeoutMs: readTimeoutMs(http.session_idle_timeout, defaultIdleTimeoutMs),
    maxSessions: http.max_sessions ?? 1_000,
    stateSecret,
  });
}

/** @param file - absolute path of the user config, to which the path of the log file is relative; undefined when there is none */
export function loggingConfig({ logging = {} }: UserConfigFile, file: string | undefined, home: string): LoggingConfig {
  const path = logging.path === undefined ? undefined : expandHome(logging.path, home);
  return Object.freeze({
    enabled: logging.enabled ?? true,
    path: path === undefined ? undefined : resolve(dirname(file ?? home), path),
    level: logging.level ?? 'WARNING',
    maxBytes: logging.max_bytes ?? 10_485_760,
    backupCount: logging.backup_count ?? 5,
  });
}
