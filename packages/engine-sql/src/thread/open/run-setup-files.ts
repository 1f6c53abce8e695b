import type { DuckDBConnection } from '@duckdb/node-api';
import { type PlacedFailure, readPlacedFailure } from '../../sql/placed-failure.ts';
import { quoteText } from '../../sql/quote-sql.ts';
import type { SqlStatement } from '../../sql/split-statements.ts';
import type { OpenRequest, ThreadSetupFile } from '../protocol.ts';
import { compileSource } from '../sql-source.ts';
import { OpenProblem } from './open-problem.ts';

/**
 * Runs every setup file that has not run with its present content yet, in order, each in one transaction.
 *
 * @returns warnings about files that cannot run because the database is read-only
 */
export async function runSetupFiles(connection: DuckDBConnection, request: OpenRequest): Promise<string[]> {
  if (request.setup.length === 0) return [];
  if (!request.isReadOnly) await makeLedger(connection);
  const applied = await appliedHashes(connection);
  const pending = request.setup.filter(({ path, hash }) => applied.get(path) !== hash);
  if (request.isReadOnly) {
    return pending.map(({ path }) => `The setup file ${path} has not run on this database, which is opened read-only.`);
  }
  for (const file of pending) await runSetupFile(connection, file);
  return [];
}

async function makeLedger(connection: DuckDBConnection): Promise<void> {
  await connection.run('CREATE SCHEMA IF NOT EXISTS mxcp');
  await connection.run(
    'CREATE TABLE IF NOT EXISTS mxcp.setup_files (path VARCHAR PRIMARY KEY, hash VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)',
  );
}

async function appliedHashes(connection: DuckDBConnection): Promise<Map<string, string>> {
  try {
    const result = await connection.run('SELECT path, hash FROM mxcp.setup_files');
    return new Map((await result.getRows()).map(([path, hash]) => [String(path), String(hash)]));
  } catch {
    // A read-only database that was never set up has no such table.
    return new Map();
  }
}

async function runSetupFile(connection: DuckDBConnection, file: ThreadSetupFile): Promise<void> {
  const source = compileSource(file.sql);
  const isOurs = source.transaction !== 'own';
  let current: SqlStatement | undefined;
  await connection.run('SET errors_as_json = true');
  try {
    if (isOurs) await connection.run('BEGIN TRANSACTION');
    for (current of source.statements) await connection.run(current.text);
    await connection.run(ledgerEntry(file));
    if (isOurs) await connection.run('COMMIT');
  } catch (error) {
    await rollBack(connection);
    throw setupProblem(file, isOurs, readPlacedFailure(error, current?.text ?? ''), current?.start ?? 0);
  } finally {
    await connection.run('SET errors_as_json = false');
  }
}

function ledgerEntry({ path, hash }: ThreadSetupFile): string {
  return `INSERT OR REPLACE INTO mxcp.setup_files VALUES (${quoteText(path)}, ${quoteText(hash)}, now())`;
}

function setupProblem(file: ThreadSetupFile, isOurs: boolean, failure: PlacedFailure, start: number): OpenProblem {
  const [from, to] = failure.range ?? [0, 0];
  return new OpenProblem({
    code: 'invalid-project',
    message: `The setup file ${file.path} does not run. ${failure.type}: ${failure.message.split('\n')[0]}`,
    hint: isOurs
      ? 'Correct the file; nothing of it was applied.'
      : 'Correct the file. It manages transactions itself, so part of it may be applied.',
    place: { path: file.path, start: start + from, end: start + to },
  });
}

async function rollBack(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('ROLLBACK');
  } catch {
    // There was no transaction to roll back.
  }
}
