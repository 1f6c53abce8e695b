import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier, quoteText, quoteValue } from '../../sql/quote-sql.ts';
import { readFailure } from '../../sql/read-failure.ts';
import type { ThreadSecret } from '../protocol.ts';

/**
 * Makes DuckDB secrets of those whose type DuckDB knows; the others are for the project's own code.
 *
 * @returns warnings, without values
 */
export async function makeSecrets(connection: DuckDBConnection, secrets: readonly ThreadSecret[]): Promise<string[]> {
  const warnings: string[] = [];
  for (const secret of secrets) {
    if (Object.keys(secret.parameters).length === 0) continue;
    const warning = await makeSecret(connection, secret);
    if (warning !== undefined) warnings.push(warning);
  }
  return warnings;
}

async function makeSecret(connection: DuckDBConnection, secret: ThreadSecret): Promise<string | undefined> {
  try {
    await connection.run(statementFor(secret));
    return undefined;
  } catch (error) {
    return warningFor(secret, readFailure(error).message);
  }
}

function statementFor({ name, type, parameters }: ThreadSecret): string {
  const options = Object.entries(parameters).map(([key, value]) => `${quoteIdentifier(key)} ${optionValue(value)}`);
  return `CREATE OR REPLACE TEMPORARY SECRET ${quoteIdentifier(name)} (TYPE ${quoteIdentifier(type)}, ${options.join(', ')})`;
}

// Numbers and booleans too: DuckDB casts a text to what the parameter is, and a port number given as number is refused by some types.
function optionValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? quoteValue(value) : quoteText(String(value));
}

/** DuckDB's message may quote the statement with its values, so only what it says about names is passed on. */
function warningFor({ name, type, parameters }: ThreadSecret, message: string): string | undefined {
  if (/Secret type .* (?:not found|does not exist)|Secret type '[^']*' not found/i.test(message)) return undefined;
  const unknown = Object.keys(parameters).find(key =>
    new RegExp(`parameter '?"?${escapePattern(key)}`, 'i').test(message),
  );
  const extension = /(?:extension|requires the) "?'?(\w+)"?'?/i.exec(message)?.[1];
  if (/extension/i.test(message)) {
    return `The secret "${name}" of type "${type}" was not made in DuckDB: it needs the extension "${extension ?? type}", which is not available.`;
  }
  const detail = unknown === undefined ? 'DuckDB refuses its parameters' : `DuckDB refuses the parameter "${unknown}"`;
  return `The secret "${name}" of type "${type}" was not made in DuckDB: ${detail}. Code can still read it.`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
