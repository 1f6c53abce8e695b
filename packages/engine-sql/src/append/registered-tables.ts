import { quoteIdentifier, quoteText } from '../sql/quote-sql.ts';
import type { ConnectionPool } from '../thread/connection-pool.ts';
import type { KeptConnection } from '../thread/kept-connection.ts';

export const registeredSchema = 'mxcp_registered.main';

/** The database in memory that registered tables live in. Its tables are found by plain name after those of the main one. */
export class RegisteredTables {
  readonly #pool: ConnectionPool;
  #attached: Promise<void> | undefined;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  /** Makes it on first use, and makes every connection look into it. */
  attach(kept: KeptConnection): Promise<void> {
    this.#attached ??= this.#attach(kept).catch(error => {
      this.#attached = undefined;
      throw error;
    });
    return this.#attached;
  }

  async #attach({ connection }: KeptConnection): Promise<void> {
    await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS mxcp_registered (READ_WRITE)`);
    const result = await connection.run("SELECT current_setting('search_path'), current_database(), current_schema()");
    const [setting, database, schema] = (await result.getRows())[0] ?? [];
    const main =
      setting === '' ? [`${quoteIdentifier(String(database))}.${quoteIdentifier(String(schema))}`] : pathsOf(setting);
    this.#pool.addSessionStatement(`SET search_path = ${quoteText([...main, registeredSchema].join(','))}`);
  }
}

/** DuckDB shows the search path without the quotes that it was given with. */
function pathsOf(setting: unknown): string[] {
  return String(setting)
    .split(',')
    .map(path => path.split('.').map(quoteIdentifier).join('.'));
}
