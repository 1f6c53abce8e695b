import type { IncomingMessage } from 'node:http';
import type { Log } from '@mxcp-ts/engine';
import type { TaskOptions } from './tasks/tasks.ts';

/** How the server introduces itself to clients. */
export interface ServerInfo {
  /** The name of the project. */
  readonly name: string;
  readonly version: string;
  /** For people. */
  readonly title?: string;
  readonly description?: string;
  readonly websiteUrl?: string;
  readonly icons?: { src: string; mimeType?: string; sizes?: string[]; theme?: 'light' | 'dark' }[];
}

/** What `createMcpHttpHandler` and `serveMcpStdio` can be told. */
export interface McpServeOptions {
  readonly serverInfo: ServerInfo;
  readonly log: Log;
  /** For the model, on how to use the project. */
  readonly instructions?: string | undefined;
  /** How long clients of 2026 may keep lists, milliseconds. @default 1 minute */
  readonly listTtlMs?: number;
  /** HTTP: answers the 2025 revisions without sessions. @default false */
  readonly isStateless?: boolean;
  /** HTTP: a session of a 2025 client ends after this long without a request or an open stream. @default 30 minutes */
  readonly sessionIdleTimeoutMs?: number;
  /** HTTP: sessions at one time; a further client gets 503. @default 1000 */
  readonly maxSessions?: number;
  /** HTTP: when all sessions are taken, one that was idle for this long makes room. @default 1 minute */
  readonly evictableAfterMs?: number;
  /** HTTP: events of a session kept for a client that lost its connection. @default 500 */
  readonly maxReplayEvents?: number;
  /** HTTP: bytes of them; what is larger cannot be sent again. @default 1 MiB */
  readonly maxReplayBytes?: number;
  /** HTTP: how long a client should wait before it takes up a stream again. @default 1 s */
  readonly retryIntervalMs?: number;
  /**
   * HTTP: who sends a request, once somebody has checked it. A session belongs to whom it was opened by.
   * @default undefined for everybody: nobody in particular
   */
  readonly identify?: (req: IncomingMessage) => string | undefined;
  /** The largest message a client may send, bytes. @default 4 MiB */
  readonly maxBodyBytes?: number;
  /** Entries of one page of a list. @default 1000 */
  readonly pageSize?: number;
  /** How long past its own deadline a call may take to be answered before the server gives up on it. @default 5 s */
  readonly answerGraceMs?: number;
  /** Seals the state of calls that wait for their client. Replicas must share it. @default one for this process */
  readonly stateSecret?: string | undefined;
  /** @default kept for an hour, 1000 of them, looked at every second */
  readonly tasks?: TaskOptions;
}

export type ResolvedMcpServeOptions = Required<McpServeOptions>;

export const mcpServeDefaults: Omit<ResolvedMcpServeOptions, 'serverInfo' | 'log'> = Object.freeze({
  isStateless: false,
  sessionIdleTimeoutMs: 30 * 60_000,
  maxSessions: 1_000,
  evictableAfterMs: 60_000,
  maxReplayEvents: 500,
  maxReplayBytes: 1024 * 1024,
  retryIntervalMs: 1_000,
  identify: () => undefined,
  maxBodyBytes: 4 * 1024 * 1024,
  pageSize: 1_000,
  instructions: undefined,
  listTtlMs: 60_000,
  answerGraceMs: 5_000,
  stateSecret: undefined,
  tasks: Object.freeze({
    ttlMs: 3_600_000,
    maxTasks: 1_000,
    pollIntervalMs: 1_000,
  }),
});

export function resolveMcpServeOptions(options: McpServeOptions): ResolvedMcpServeOptions {
  return Object.freeze({ ...mcpServeDefaults, ...options });
}
