import type { DuckDBConnection } from '@duckdb/node-api';
import { RegisteredTables } from '../append/registered-tables.ts';
import { registerCallerFunctions } from '../functions/caller-functions.ts';
import type { ConnectionUsers } from '../functions/connection-users.ts';
import { harmlessFunctions } from '../guard/guard-catalog.ts';
import { readFailure } from '../sql/read-failure.ts';
import { ConnectionPool } from './connection-pool.ts';
import { type OwnedDatabase, openOwnedDatabase } from './database-owner.ts';
import { applySettings } from './open/apply-settings.ts';
import { loadExtensions } from './open/load-extensions.ts';
import { makeSecrets } from './open/make-secrets.ts';
import { OpenProblem } from './open/open-problem.ts';
import { runSetupFiles } from './open/run-setup-files.ts';
import type { OpenRequest } from './protocol.ts';
import { Streams } from './streams.ts';
import type { ThreadDatabase } from './thread-database.ts';
import { Transactions } from './transactions.ts';
import type { WriteNotices } from './write-notices.ts';
import { WriteTurns } from './write-turns.ts';

export interface OpenedDatabase {
  readonly database: ThreadDatabase;
  readonly warnings: readonly string[];
}

/** Opens the file, then settings, extensions, secrets and setup files. Throws OpenProblem and leaves nothing open. */
export async function openThreadDatabase(
  request: OpenRequest,
  users: ConnectionUsers,
  notices: WriteNotices,
): Promise<OpenedDatabase> {
  const owned = await openFile(request);
  try {
    const connection = await owned.connect();
    registerCallerFunctions(connection, users);
    const { sessionStatements, warnings } = await prepareDatabase(connection, request);
    connection.disconnectSync();
    const pool = new ConnectionPool({ database: owned, maxConnections: request.connections, sessionStatements, users });
    return {
      database: {
        owned,
        pool,
        writes: new WriteTurns(),
        notices,
        transactions: new Transactions(pool, notices),
        streams: new Streams(pool, notices),
        registered: new RegisteredTables(pool),
        harmlessFunctions: once(harmlessFunctions),
      },
      warnings,
    };
  } catch (error) {
    owned.closeSync();
    throw error;
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

async function prepareDatabase(connection: DuckDBConnection, request: OpenRequest) {
  const settings = { file_search_path: request.root, TimeZone: 'UTC', ...request.settings };
  const early = await applySettings(connection, settings);
  await loadExtensions(connection, request.extensions);
  const late = await applySettings(connection, early.unknown);
  const unknown = Object.keys(late.unknown)[0];
  if (unknown !== undefined) {
    throw new OpenProblem({
      code: 'invalid-project',
      message: `DuckDB has no setting "${unknown}".`,
      hint: 'Correct or remove it in the settings of the site file, or name the extension that brings it.',
    });
  }
  const secretWarnings = await makeSecrets(connection, request.secrets);
  const setupWarnings = await runSetupFiles(connection, request);
  return {
    sessionStatements: [...early.sessionStatements, ...late.sessionStatements],
    warnings: [...secretWarnings, ...setupWarnings],
  };
}

async function openFile(request: OpenRequest): Promise<OwnedDatabase> {
  try {
    const isReadOnly = request.isReadOnly && request.path !== ':memory:';
    return await openOwnedDatabase(request.path, isReadOnly ? { access_mode: 'READ_ONLY' } : {});
  } catch (error) {
    throw openProblemOf(error, request.path);
  }
}

function openProblemOf(error: unknown, path: string): OpenProblem {
  const { message } = readFailure(error);
  if (/lock/i.test(message)) {
    const holder = /\(PID (\d+)\)/.exec(message)?.[1];
    return new OpenProblem({
      code: 'database-locked',
      message: `The database "${path}" is in use by another process${holder === undefined ? '' : ` (PID ${holder})`}.`,
      hint: 'DuckDB lets one process open a file. Use the server that is running on this project, or stop the other process.',
    });
  }
  if (/database does not exist/.test(message)) {
    return new OpenProblem({
      code: 'database-open',
      message: `There is no database "${path}" to open read-only.`,
      hint: 'Run the project once without read-only, or correct the path.',
    });
  }
  return new OpenProblem({
    code: 'database-open',
    message: `The database "${path}" cannot be opened: ${message.split('\n')[0]}`,
  });
}
