import { DuckDBDataChunk, type DuckDBType, DuckDBVector } from '@duckdb/node-api';
import type { VectorFiller } from '../columns/fill-vector.ts';
import { BrokenBatch } from '../columns/read-batch.ts';
import { quoteIdentifier } from '../sql/quote-sql.ts';
import type { KeptConnection } from '../thread/kept-connection.ts';
import type { ThreadJob } from '../thread/thread-job.ts';

/** Rows that are to stand in a temporary table for a moment. */
export interface StagedRows {
  readonly rows: number;
  /** Names of the columns, in order. */
  readonly names: readonly string[];
  /** The columns as a SELECT without rows gives them: `NULL::INTEGER AS "a"`. */
  readonly shape: string;
  /** @param types - the types that the table has got */
  readonly fillers: (types: readonly DuckDBType[]) => readonly VectorFiller[];
}

/** Throws BrokenBatch when there are no columns. */
export function requireColumns(names: readonly string[]): void {
  if (names.length === 0) throw new BrokenBatch('Rows need at least one column.');
}

const tableName = 'mxcp_appended_rows';
const chunksPerTurn = 16;

/** Runs `work` while the rows stand in a temporary table of the connection; `work` is given its name as SQL. */
export async function withStaged<T>(
  kept: KeptConnection,
  staged: StagedRows,
  job: ThreadJob,
  work: (table: string) => Promise<T>,
): Promise<T> {
  const table = `temp.main.${quoteIdentifier(tableName)}`;
  await kept.connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(tableName)} AS ${staged.shape} LIMIT 0`);
  try {
    await fill(kept, staged, job);
    return await work(table);
  } finally {
    await drop(kept, table);
  }
}

async function fill({ connection }: KeptConnection, { rows, names, fillers }: StagedRows, job: ThreadJob) {
  const appender = await connection.createAppender(tableName, 'main', 'temp');
  try {
    const types = names.map((_, index) => appender.columnType(index));
    const columns = fillers(types);
    const size = DuckDBVector.standardSize();
    for (let start = 0; start < rows; start += size) {
      const chunk = DuckDBDataChunk.create(types, Math.min(size, rows - start));
      for (const [index, fillVector] of columns.entries()) fillVector(chunk, index, start);
      appender.appendDataChunk(chunk);
      // The thread serves others too.
      if ((start / size) % chunksPerTurn === chunksPerTurn - 1) await new Promise(resolve => setImmediate(resolve));
      job.throwIfCancelled();
    }
  } catch (error) {
    appender.clear();
    appender.closeSync();
    throw error;
  }
  appender.closeSync();
}

/** In a transaction that has failed the table cannot be dropped, and goes with the transaction. */
async function drop(kept: KeptConnection, table: string): Promise<void> {
  try {
    await kept.connection.run(`DROP TABLE ${table}`);
  } catch {
    kept.isDirty = true;
  }
}
