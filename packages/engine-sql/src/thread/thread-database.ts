import { appendRows } from '../append/append-rows.ts';
import type { RegisteredTables } from '../append/registered-tables.ts';
import { declaredColumns } from '../render/declared-columns.ts';
import { type Arguments, looseArguments, namedArguments, ParameterProblem } from './arguments.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { OwnedDatabase } from './database-owner.ts';
import type { KeptConnection } from './kept-connection.ts';
import type { ThreadAppend, ThreadExecute, ThreadQuery } from './protocol.ts';
import { noRows, type ReadOptions, type ReadRows, readResult } from './read-result.ts';
import { runGuarded } from './run-guarded.ts';
import { endResult, type RunOptions, runSource } from './run-source.ts';
import { compileSource, type SqlSource } from './sql-source.ts';
import type { Streams } from './streams.ts';
import { answerOfError, answerOfRows, type ThreadAnswer } from './thread-answer.ts';
import type { ThreadJob } from './thread-job.ts';
import type { Transactions } from './transactions.ts';
import type { WriteNotices } from './write-notices.ts';
import type { WriteTurns } from './write-turns.ts';

export interface ThreadDatabase {
  readonly owned: OwnedDatabase;
  readonly pool: ConnectionPool;
  readonly writes: WriteTurns;
  readonly notices: WriteNotices;
  readonly transactions: Transactions;
  readonly streams: Streams;
  readonly registered: RegisteredTables;
  /** Names of the functions that SQL of callers may call; found out when first needed. */
  readonly harmlessFunctions: () => Promise<ReadonlySet<string>>;
}

/** A query of the plan, ready to be run. */
export type ThreadQueryRun = (
  database: ThreadDatabase,
  args: Parameters<typeof namedArguments>[0],
  job: ThreadJob,
) => Promise<ThreadAnswer>;

export function compileQuery(query: ThreadQuery): ThreadQueryRun {
  const { guard, maxRows, isCut, parameters } = query;
  if (guard !== undefined) {
    return (database, args, job) => answer(job, () => runGuarded(database, { guard, maxRows, args, job }));
  }
  const source = compileSource(query.sql);
  const read: ReadOptions = { declared: declaredColumns(query.returns), format: 'json', maxRows, isCut };
  return (database, args, job) =>
    answer(job, async () =>
      answerOfRows(await run(database, { source, args: namedArguments(args, parameters), read, job })),
    );
}

/** Runs SQL that is no part of the plan. */
export function executeOnce(database: ThreadDatabase, request: ThreadExecute, job: ThreadJob): Promise<ThreadAnswer> {
  return answer(job, async () => {
    const read: ReadOptions = {
      declared: declaredColumns(undefined),
      format: request.format,
      maxRows: request.maxRows,
    };
    const statement = { ...statementOf(request), read, job };
    if (request.transaction === undefined) return answerOfRows(await run(database, statement));
    const held = database.transactions.connectionOf(request.transaction);
    const wrote = (source: SqlSource) => held.writes.add(source);
    return answerOfRows(await held.run(job, kept => runOn(kept, { ...statement, isInside: true, wrote })));
  });
}

/** Opens a stream whose number is `id`. */
export function openStream(
  database: ThreadDatabase,
  { id, request, batchRows }: { readonly id: number; readonly request: ThreadExecute; readonly batchRows: number },
  job: ThreadJob,
): Promise<ThreadAnswer> {
  return answer(job, async () => {
    const { format, maxRows, transaction } = request;
    const inside = transaction === undefined ? undefined : database.transactions.connectionOf(transaction);
    const options = { declared: declaredColumns(undefined), format, maxRows, batchRows: Math.max(1, batchRows) };
    await database.streams.open(id, { ...statementOf(request), options, inside }, job);
    return { type: 'done' };
  });
}

export function fetchStream(database: ThreadDatabase, stream: number, job: ThreadJob): Promise<ThreadAnswer> {
  return answer(job, async () => {
    const rows = await database.streams.fetch(stream);
    return rows === undefined ? { type: 'end' } : answerOfRows(rows);
  });
}

/** Begins a transaction whose number is `id`. */
export function beginTransaction(database: ThreadDatabase, id: number, job: ThreadJob): Promise<ThreadAnswer> {
  return answer(job, async () => {
    await database.transactions.begin(id, job);
    return { type: 'done' };
  });
}

export function endTransaction(
  database: ThreadDatabase,
  { transaction, how }: { readonly transaction: number; readonly how: 'commit' | 'rollback' },
  job: ThreadJob,
): Promise<ThreadAnswer> {
  return answer(job, async () => {
    await database.transactions.end(transaction, how, job);
    return { type: 'done' };
  });
}

export function append(database: ThreadDatabase, request: ThreadAppend, job: ThreadJob): Promise<ThreadAnswer> {
  return answer(job, async () => ({ type: 'appended', rows: await appendRows(database, request, job) }));
}

function statementOf({ sql, parameters }: ThreadExecute): Pick<SourceRun, 'source' | 'args'> {
  const source = compileSource(sql);
  if (source.statements.length === 0) throw new ParameterProblem('There is no statement to run.');
  return { source, args: looseArguments(parameters, source.statements) };
}

interface SourceRun {
  readonly source: SqlSource;
  readonly args: Arguments;
  readonly read: ReadOptions;
  readonly job: ThreadJob;
  readonly isInside?: boolean;
}

async function run(database: ThreadDatabase, statement: SourceRun): Promise<ReadRows> {
  const { source, job } = statement;
  return database.pool.withConnection(job, kept => {
    const wrote = (written: SqlSource) => database.notices.tellOf(written);
    const attempt = () => runOn(kept, { ...statement, wrote });
    if (!source.mayWrite || source.transaction === 'own') return attempt();
    return database.writes.run(job, source.isUpsert, attempt);
  });
}

async function runOn(
  kept: KeptConnection,
  { source, args, read, job, wrote, isInside = false }: SourceRun & Pick<RunOptions, 'wrote'>,
) {
  let rows = noRows(read);
  await runSource(kept, source, {
    job,
    args,
    isStreamed: read.maxRows !== undefined,
    isInside,
    wrote,
    read: async result => {
      rows = await readResult(result, read);
      if (read.isCut === true && source.transaction === 'auto') await endResult(kept);
    },
  });
  return rows;
}

async function answer(job: ThreadJob, work: () => Promise<ThreadAnswer>): Promise<ThreadAnswer> {
  try {
    return await work();
  } catch (error) {
    return answerOfError(error, job);
  }
}
