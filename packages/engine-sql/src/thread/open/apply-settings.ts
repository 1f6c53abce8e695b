import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier, quoteValue } from '../../sql/quote-sql.ts';
import { readFailure } from '../../sql/read-failure.ts';
import { OpenProblem } from './open-problem.ts';

type Settings = Readonly<Record<string, string | number | boolean>>;

export interface AppliedSettings {
  /** Settings that DuckDB does not know (yet: an extension may bring them). */
  readonly unknown: Settings;
  /** For settings that belong to a connection and not to the database. */
  readonly sessionStatements: readonly string[];
}

/** Applies settings to the whole database where DuckDB allows it. */
export async function applySettings(connection: DuckDBConnection, settings: Settings): Promise<AppliedSettings> {
  const unknown: Record<string, string | number | boolean> = {};
  const sessionStatements: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const assignment = `${quoteIdentifier(name)} = ${quoteValue(value)}`;
    try {
      await connection.run(`SET GLOBAL ${assignment}`);
    } catch (error) {
      const { type, message } = readFailure(error);
      if (/unrecognized configuration parameter|is not in the catalog/i.test(message)) unknown[name] = value;
      else if (/cannot be set globally|local/i.test(message)) {
        await setOnConnection(connection, name, `SET ${assignment}`);
        sessionStatements.push(`SET ${assignment}`);
      } else throw refused(name, type, message);
    }
  }
  return { unknown, sessionStatements };
}

async function setOnConnection(connection: DuckDBConnection, name: string, statement: string): Promise<void> {
  try {
    await connection.run(statement);
  } catch (error) {
    const { type, message } = readFailure(error);
    throw refused(name, type, message);
  }
}

function refused(name: string, type: string, message: string): OpenProblem {
  return new OpenProblem({
    code: 'invalid-project',
    message: `DuckDB refuses the setting "${name}". ${type}: ${message.split('\n')[0]}`,
    hint: 'Correct it under the settings of the database in the site file.',
  });
}
