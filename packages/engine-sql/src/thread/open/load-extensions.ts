import type { DuckDBConnection } from '@duckdb/node-api';
import type { Extension } from '@mxcp-ts/project';
import { quoteIdentifier } from '../../sql/quote-sql.ts';
import { readFailure } from '../../sql/read-failure.ts';
import { OpenProblem } from './open-problem.ts';

/** Loads extensions; what is not on this machine yet is installed first, which needs the network. */
export async function loadExtensions(connection: DuckDBConnection, extensions: readonly Extension[]): Promise<void> {
  for (const extension of extensions) {
    if (!(await load(connection, extension))) await installAndLoad(connection, extension);
  }
}

async function load(connection: DuckDBConnection, { name }: Extension): Promise<boolean> {
  try {
    await connection.run(`LOAD ${quoteIdentifier(name)}`);
    return true;
  } catch {
    return false;
  }
}

async function installAndLoad(connection: DuckDBConnection, { name, repository }: Extension): Promise<void> {
  const from = repository === undefined ? '' : ` FROM ${repository}`;
  try {
    await connection.run(`INSTALL ${quoteIdentifier(name)}${from}`);
    await connection.run(`LOAD ${quoteIdentifier(name)}`);
  } catch (error) {
    throw new OpenProblem({
      code: 'database-open',
      message: `The DuckDB extension "${name}" is not installed and cannot be downloaded now. ${readFailure(error).message.split('\n')[0]}`,
      hint: `Connect to the network once, or install it beforehand with \`INSTALL ${name}${from}\`; check the name under extensions in the site file.`,
    });
  }
}
