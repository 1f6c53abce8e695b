import type { DuckDBType } from '@duckdb/node-api';
import { didYouMean } from '@mxcp-ts/diagnostics';
import { quotePath } from '../sql/read-table-name.ts';
import type { KeptConnection } from '../thread/kept-connection.ts';

/** A table that rows go to. */
export interface TargetTable {
  /** Its name as SQL. */
  readonly sql: string;
  /** Whatever the case of the name. */
  typeOf(column: string): DuckDBType | undefined;
  /** Throws for the first column that the table has not, as DuckDB's Binder does, without a statement of ours. */
  requireColumns(names: readonly string[]): void;
}

/** Throws DuckDB's error when there is no such table. */
export async function readTargetTable(kept: KeptConnection, path: readonly string[]): Promise<TargetTable> {
  const sql = quotePath(path);
  const result = await kept.connection.run(`SELECT * FROM ${sql} LIMIT 0`);
  const columns = result.columnNames();
  const types = new Map(columns.map((name, index) => [folded(name), result.columnType(index)]));
  return {
    sql,
    typeOf: column => types.get(folded(column)),
    requireColumns: names => {
      const unknown = names.find(name => !types.has(folded(name)));
      if (unknown === undefined) return;
      const hint = didYouMean(unknown, columns) ?? listed(columns);
      throw new Error(`Binder Error: Table "${path.at(-1) ?? ''}" has no column "${unknown}". ${hint}`);
    },
  };
}

/** DuckDB takes only ASCII letters of either case for the same. */
function folded(name: string): string {
  return name.replace(/[A-Z]/g, letter => letter.toLowerCase());
}

const mostListed = 20;

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, mostListed).map(name => `"${name}"`);
  const more = columns.length - names.length;
  return `Its columns are ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
