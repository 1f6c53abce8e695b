import type { ColumnBatch } from '@mxcp-ts/engine';
import { batchFiller } from '../columns/fill-vector.ts';
import { BrokenBatch, readBatch } from '../columns/read-batch.ts';
import { wireTypeSql } from '../columns/wire-type-sql.ts';
import { quoteIdentifier } from '../sql/quote-sql.ts';
import { requireColumns, type StagedRows } from './staging.ts';

/** A batch as rows of its own types. Throws BrokenBatch. */
export function stageBatch(batch: ColumnBatch): StagedRows {
  const names = batch.columns.map(({ name }) => name);
  requireColumns(names);
  const parts = readBatch(batch);
  const columns = batch.columns.map(({ name, type }) => {
    const sql = wireTypeSql(type);
    if (sql === undefined)
      throw new BrokenBatch(`The column "${name}" has the type ${type.id}, which cannot be appended.`);
    return `NULL::${sql} AS ${quoteIdentifier(name)}`;
  });
  return {
    rows: batch.rows,
    names,
    shape: `SELECT ${columns.join(', ')}`,
    fillers: types => parts.map((part, index) => batchFiller(part, typeAt(types, index))),
  };
}

function typeAt<T>(types: readonly T[], index: number): T {
  const type = types[index];
  if (type === undefined) throw new Error('The staging table has fewer columns than the batch.');
  return type;
}
