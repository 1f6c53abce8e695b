import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { registerCallerFunctions } from '../functions/caller-functions.ts';
import { ConnectionUsers } from '../functions/connection-users.ts';
import { quoteIdentifier, quoteText, quoteValue } from '../sql/quote-sql.ts';
import { readFailure } from '../sql/read-failure.ts';
import { type OwnedDatabase, openOwnedDatabase } from '../thread/database-owner.ts';
import type { ScratchRequest, SqlFinding } from './check-request.ts';
import { CheckSession } from './check-session.ts';
import { replaySetup } from './replay-setup.ts';

export interface OpenedScratch {
  readonly session: CheckSession;
  close(): void;
}

/** Without the network: a statement must not make DuckDB download what it needs. */
const offline = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };

/** An in-memory database with the project's tables: its file attached read-only, its setup files replayed as definitions. */
export async function openScratch(
  request: ScratchRequest,
  report: (finding: SqlFinding) => void,
): Promise<OpenedScratch> {
  const owned = await openOwnedDatabase(':memory:', offline);
  const connection = await owned.connect();
  registerCallerFunctions(connection, new ConnectionUsers());
  await connection.run(`SET GLOBAL file_search_path = ${quoteText(request.root)}`);
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  const absent = await loadExtensions(connection, request.extensions);
  const attached = await attachFile(connection, request.databasePath);
  const searchPaths = attached.name === undefined ? [] : searchPathsWith(attached.name);
  if (searchPaths[0] !== undefined) await connection.run(searchPaths[0]);
  const refused = await applySettings(connection, request.settings);
  await connection.run('SET errors_as_json = true');
  const session = new CheckSession({ connection, isScratch: true, searchPaths, hasPlugins: request.hasPlugins });
  const hidden = attached.finding === undefined ? absent : [...absent, attached.finding];
  session.isIncomplete = hidden.length > 0;
  for (const finding of [...refused, ...hidden]) report(finding);
  for (const [index, sql] of request.setup.entries()) await replaySetup({ session, sql, index, report });
  return { session, close: () => closeScratch(connection, owned) };
}

function closeScratch(connection: DuckDBConnection, owned: OwnedDatabase): void {
  connection.disconnectSync();
  owned.closeSync();
}

async function attachFile(connection: DuckDBConnection, path: string | undefined) {
  if (path === undefined || !existsSync(path)) return { name: undefined, finding: undefined };
  try {
    await connection.run(`ATTACH ${quoteText(path)} (READ_ONLY)`);
    const result = await connection.run(
      'SELECT database_name FROM duckdb_databases() WHERE path IS NOT NULL AND NOT internal',
    );
    const name = (await result.getRows())[0]?.[0];
    return { name: typeof name === 'string' ? name : undefined, finding: undefined };
  } catch (error) {
    return { name: undefined, finding: unreadableFile(readFailure(error).message) };
  }
}

function unreadableFile(message: string): SqlFinding {
  const isLocked = /lock/i.test(message);
  return {
    code: 'plan/sql-not-checked',
    message: isLocked
      ? 'The database is in use by another process, so SQL was checked without its tables.'
      : `The database cannot be read, so SQL was checked without its tables. ${message.split('\n')[0]}`,
    ...(isLocked && {
      hint: 'Validate through the server that is running on this project, or stop the other process.',
    }),
    place: { kind: 'database' },
  };
}

function searchPathsWith(name: string): string[] {
  const file = `${quoteIdentifier(name)}.main`;
  return [`memory.main,${file}`, `${file},memory.main`].map(path => `SET search_path = ${quoteText(path)}`);
}

/** Only those that are installed here: nothing is downloaded for a check. */
async function loadExtensions(connection: DuckDBConnection, names: readonly string[]): Promise<SqlFinding[]> {
  const findings: SqlFinding[] = [];
  for (const name of names) {
    if ((await failureOf(connection, `LOAD ${quoteIdentifier(name)}`)) === undefined) continue;
    findings.push({
      code: 'plan/sql-not-checked',
      message: `The extension "${name}" is not installed here, so what it defines was not checked.`,
      hint: 'It is installed when the project is first opened, which needs a network.',
      place: { kind: 'database' },
    });
  }
  return findings;
}

async function applySettings(
  connection: DuckDBConnection,
  settings: ScratchRequest['settings'],
): Promise<SqlFinding[]> {
  const findings: SqlFinding[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (/^auto(?:install|load)_|^(?:search_path|schema)$/i.test(name)) continue;
    const failure = await failureOf(connection, `SET ${quoteIdentifier(name)} = ${quoteValue(value)}`);
    if (failure === undefined) continue;
    const message = `DuckDB refuses the setting "${name}": ${failure}`;
    findings.push({ code: 'config/bad-setting', message, place: { kind: 'database' } });
  }
  return findings;
}

/** The first line of DuckDB's refusal. */
async function failureOf(connection: DuckDBConnection, statement: string): Promise<string | undefined> {
  try {
    await connection.run(statement);
    return undefined;
  } catch (error) {
    const line = readFailure(error).message.split('\n')[0]?.trim() ?? '';
    return /[.!?]$/.test(line) ? line : `${line}.`;
  }
}
