import { availableParallelism } from 'node:os';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { Database, Log } from '@mxcp-ts/engine';
import type { DatabaseConfig, SecretDefinition } from '@mxcp-ts/project';
import { chooseDatabase } from './choose-database.ts';
import { DatabaseThread } from './database-thread.ts';
import type { OpenRefusal, OpenRequest } from './thread/protocol.ts';
import { ThreadedDatabase } from './threaded-database.ts';

export interface OpenDatabaseOptions {
  /** The built `database-thread.js`. */
  readonly threadFile: URL;
  readonly config: DatabaseConfig;
  readonly secrets: readonly SecretDefinition[];
  /** Absolute path of the project folder: relative paths in SQL start here. */
  readonly root: string;
  readonly log: Log;
  /** Most connections open at once; twice the cores by default, four at least, but see `env`. */
  readonly connections?: number;
  /**
   * The process environment, for `UV_THREADPOOL_SIZE`. Every running statement holds one of those threads (four unless
   * set before Node starts its first), which files and DNS of the whole process need too: one always stays free.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the project's database in a thread of its own: settings, extensions, secrets, then the setup files that have not
 * run yet. Rejects with an MxcpError that says what to do when the file, an extension or a setup file cannot be used.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const config = { ...options.config, ...(await chooseDatabase(options.config, options.log)) };
  const thread = new DatabaseThread(options.threadFile);
  const id = thread.nextId();
  const answer = await thread.ask({ type: 'open', id, request: requestOf({ ...options, config }) });
  if (answer.type === 'opened') {
    for (const warning of answer.warnings) options.log('warning', warning);
    return new ThreadedDatabase(thread);
  }
  await thread.end();
  if (answer.type === 'refused') throw errorOf(answer.refusal, config);
  throw new Error(`The database thread answered "${answer.type}" to "open".`);
}

function requestOf(options: OpenDatabaseOptions): OpenRequest {
  const { config, secrets, root } = options;
  return {
    path: config.path,
    isReadOnly: config.isReadOnly,
    settings: config.settings,
    extensions: config.extensions,
    secrets: secrets.map(({ name, type, parameters }) => ({ name, type, parameters })),
    setup: config.setup.map(({ path, sql, hash }) => ({ path, sql: sql.text, hash })),
    root,
    connections: connectionsFor(options),
  };
}

function connectionsFor({ connections, env }: OpenDatabaseOptions): number {
  const threads = Number(env?.['UV_THREADPOOL_SIZE'] ?? 4);
  const wanted = connections ?? Math.max(4, 2 * availableParallelism());
  return Math.max(1, Math.min(wanted, threads - 1));
}

function errorOf({ code, message, hint, place }: OpenRefusal, { setup }: DatabaseConfig): MxcpError {
  const file = setup.find(({ path }) => path === place?.path);
  const options = hint === undefined ? {} : { hint };
  if (file === undefined || place === undefined) return new MxcpError(code, message, options);
  const span = file.sql.spanOf(place.start, place.end);
  const { line, column } = span.source.positionAt(span.start);
  return new MxcpError(code, `${span.source.path}:${line}:${column}: ${message}`, options);
}
