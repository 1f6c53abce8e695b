import type { ColumnBatch } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import { quoteIdentifier, quoteText } from '../sql/quote-sql.ts';
import { quotePath, readTableName } from '../sql/read-table-name.ts';
import { ParameterProblem } from '../thread/arguments.ts';
import type { KeptConnection } from '../thread/kept-connection.ts';
import type { ThreadAppend } from '../thread/protocol.ts';
import type { ThreadDatabase } from '../thread/thread-database.ts';
import type { ThreadJob } from '../thread/thread-job.ts';
import { registeredSchema } from './registered-tables.ts';
import { stageBatch } from './stage-batch.ts';
import { parseObjects, stageByValue, stageForTable } from './stage-rows.ts';
import { withStaged } from './staging.ts';
import { readTargetTable } from './target-table.ts';
import { withoutOurSql } from './without-our-sql.ts';

/** Puts rows into a table, all or none; gives their number. */
export async function appendRows(database: ThreadDatabase, request: ThreadAppend, job: ThreadJob): Promise<number> {
  const { table, rows, how, transaction } = request;
  const path = readTableName(table);
  if (path === undefined) {
    const example = 'It is written as in SQL: flights, main.flights, "odd name".';
    throw new ParameterProblem(`${JSON.stringify(table)} is no name of a table. ${example}`);
  }
  const given = 'json' in rows ? parseObjects(rows.json) : rows;
  return how === 'append'
    ? append({ database, job, transaction }, path, given)
    : register({ database, job, transaction }, plainName(path), given);
}

type GivenRows = ColumnBatch | readonly JsonObject[];

interface Place {
  readonly database: ThreadDatabase;
  readonly job: ThreadJob;
  readonly transaction: number | undefined;
}

function append({ database, job, transaction }: Place, path: readonly string[], given: GivenRows): Promise<number> {
  if (transaction !== undefined) {
    const held = database.transactions.connectionOf(transaction);
    const attempt = <T>(work: () => Promise<T>) => {
      held.writes.addTable(path);
      return work();
    };
    return held.run(job, kept => insert(kept, { path, given, job, attempt }));
  }
  const attempt = async <T>(work: () => Promise<T>) => {
    const done = await database.writes.run(job, false, work);
    database.notices.tellOfTable(path);
    return done;
  };
  return database.pool.withConnection(job, kept => insert(kept, { path, given, job, attempt }));
}

interface Insertion {
  readonly path: readonly string[];
  readonly given: GivenRows;
  readonly job: ThreadJob;
  /** How the one statement that writes is run. */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T>;
}

async function insert(kept: KeptConnection, { path, given, job, attempt }: Insertion): Promise<number> {
  const target = quotePath(path);
  return withoutOurSql(async () => {
    // Without columns there is nothing to insert, but the table should be there all the same.
    const table = await readTargetTable(kept, path);
    if (isEmpty(given)) return 0;
    const staged = isBatch(given) ? stageBatch(given) : stageForTable(table, given);
    table.requireColumns(staged.names);
    const names = staged.names.map(quoteIdentifier).join(', ');
    await withStaged(kept, staged, job, source =>
      attempt(() => kept.connection.run(`INSERT INTO ${target} (${names}) SELECT ${names} FROM ${source}`)),
    );
    return staged.rows;
  });
}

/**
 * Makes a table that all connections see. A transaction sees other databases as they were when it began, so there the
 * table is made a second time, for its connection alone.
 */
async function register({ database, job, transaction }: Place, name: string, given: GivenRows): Promise<number> {
  const { pool, registered, writes, notices, transactions } = database;
  const staged = isBatch(given) ? stageBatch(given) : stageByValue(given);
  const quoted = quoteIdentifier(name);
  await pool.withConnection(job, async kept => {
    await registered.attach(kept);
    await refuseTaken(kept, name);
    await withStaged(kept, staged, job, table => {
      const sql = `CREATE OR REPLACE TABLE ${registeredSchema}.${quoted} AS FROM ${table}`;
      return writes.run(job, false, () => kept.connection.run(sql));
    });
  });
  notices.tellOfTable([name]);
  if (transaction === undefined) return staged.rows;
  return transactions.connectionOf(transaction).run(job, async kept => {
    kept.isDirty = true;
    await withStaged(kept, staged, job, table =>
      kept.connection.run(`CREATE OR REPLACE TEMP TABLE ${quoted} AS FROM ${table}`),
    );
    return staged.rows;
  });
}

/** Plain names mean the tables of the main database first, so one of the same name would never be read. */
async function refuseTaken({ connection }: KeptConnection, name: string): Promise<void> {
  const result = await connection.run(`SELECT 1 FROM (
    SELECT database_name, schema_name, table_name FROM duckdb_tables()
    UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views()
  ) WHERE database_name = current_database() AND schema_name = current_schema()
    AND lower(table_name) = lower(${quoteText(name)})`);
  if (result.rowCount === 0) return;
  throw new ParameterProblem(
    `The database has a table or view ${quoteIdentifier(name)} already. Register another name.`,
  );
}

function plainName(path: readonly string[]): string {
  const [name, ...rest] = path;
  if (name !== undefined && rest.length === 0) return name;
  throw new ParameterProblem('A registered table has a name without a schema.');
}

function isBatch(given: GivenRows): given is ColumnBatch {
  return 'bytes' in given;
}

function isEmpty(given: GivenRows): boolean {
  return isBatch(given) ? given.columns.length === 0 : given.length === 0;
}
