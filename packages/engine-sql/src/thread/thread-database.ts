import { declaredColumns } from '../render/declared-columns.ts';
import type { RenderedRows } from '../render/render-rows.ts';
import { type Arguments, looseArguments, namedArguments, ParameterProblem } from './arguments.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { OwnedDatabase } from './database-owner.ts';
import type { ThreadExecute, ThreadQuery } from './protocol.ts';
import { type ReadOptions, readResult } from './read-result.ts';
import { runGuarded } from './run-guarded.ts';
import { runSource } from './run-source.ts';
import { compileSource, type SqlSource } from './sql-source.ts';
import { answerOfError, answerOfRows, type ThreadAnswer } from './thread-answer.ts';
import type { ThreadJob } from './thread-job.ts';
import type { WriteTurns } from './write-turns.ts';

export interface ThreadDatabase {
  readonly owned: OwnedDatabase;
  readonly pool: ConnectionPool;
  readonly writes: WriteTurns;
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
  const { guard, maxRows, parameters } = query;
  if (guard !== undefined) {
    return (database, args, job) => answer(job, () => runGuarded(database, { guard, maxRows, args, job }));
  }
  const source = compileSource(query.sql);
  const read: ReadOptions = { declared: declaredColumns(query.returns), format: 'json', maxRows };
  return (database, args, job) =>
    answer(job, async () =>
      answerOfRows(await run(database, { source, args: namedArguments(args, parameters), read, job })),
    );
}

/** Runs SQL that is no part of the plan. */
export function executeOnce(database: ThreadDatabase, request: ThreadExecute, job: ThreadJob): Promise<ThreadAnswer> {
  return answer(job, async () => {
    const source = compileSource(request.sql);
    const args = looseArguments(request.parameters, source.statements);
    const read: ReadOptions = {
      declared: declaredColumns(undefined),
      format: request.format,
      maxRows: request.maxRows,
    };
    return answerOfRows(await run(database, { source, args, read, job }));
  });
}

interface SourceRun {
  readonly source: SqlSource;
  readonly args: Arguments;
  readonly read: ReadOptions;
  readonly job: ThreadJob;
}

async function run(database: ThreadDatabase, { source, args, read, job }: SourceRun): Promise<RenderedRows> {
  if (source.statements.length === 0) throw new ParameterProblem('There is no statement to run.');
  return database.pool.withConnection(job, async connection => {
    let rows: RenderedRows | undefined;
    const attempt = () =>
      runSource(connection, source, {
        job,
        args,
        isStreamed: read.maxRows !== undefined,
        read: async result => {
          rows = await readResult(result, read);
        },
      });
    if (source.mayWrite && source.transaction !== 'own') await database.writes.run(job, source.isUpsert, attempt);
    else await attempt();
    return rows ?? { ok: true, json: '[]', columns: [] };
  });
}

async function answer(job: ThreadJob, work: () => Promise<ThreadAnswer>): Promise<ThreadAnswer> {
  try {
    return await work();
  } catch (error) {
    return answerOfError(error, job);
  }
}
