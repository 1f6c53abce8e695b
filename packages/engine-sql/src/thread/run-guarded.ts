import type { SqlGuard } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import { findRefusal } from '../guard/find-refusal.ts';
import { tablesOf } from '../guard/guard-catalog.ts';
import { planningCost } from '../guard/planning-cost.ts';
import { safeMessage } from '../guard/safe-message.ts';
import { declaredColumns } from '../render/declared-columns.ts';
import { readFailure } from '../sql/read-failure.ts';
import { BrokenResult } from './chunk-source.ts';
import type { KeptConnection } from './kept-connection.ts';
import { type ReadRows, readResult, TooManyRows } from './read-result.ts';
import { answerOfRows, type ThreadAnswer } from './thread-answer.ts';
import type { ThreadDatabase } from './thread-database.ts';
import type { ThreadJob } from './thread-job.ts';

export interface GuardedRun {
  readonly guard: SqlGuard;
  readonly maxRows: number | undefined;
  readonly args: JsonObject;
  readonly job: ThreadJob;
}

/** Runs one SELECT that the caller wrote, read-only, if its parse tree names tables only. Every failure is for the caller. */
export function runGuarded(database: ThreadDatabase, { guard, maxRows, args, job }: GuardedRun): Promise<ThreadAnswer> {
  const sql = String(args[guard.sqlParameter] ?? '');
  return database.pool.withConnection(job, async kept => {
    try {
      const refusal = await refusalOf(kept, { sql, guard, functions: await database.harmlessFunctions() });
      if (refusal !== undefined) return refused(refusal);
      return answerOfRows(await runReadOnly(kept, sql, maxRows));
    } catch (error) {
      job.throwIfCancelled();
      if (error instanceof TooManyRows) {
        return refused(`The query gives more than ${error.maxRows} rows. Add a LIMIT or narrow it.`);
      }
      return refused(safeMessage(readFailure(error)));
    }
  });
}

function refused(message: string): ThreadAnswer {
  return { type: 'failed', error: { type: 'Refused', message } };
}

interface CallersQuery {
  readonly sql: string;
  readonly guard: SqlGuard;
  readonly functions: ReadonlySet<string>;
}

/** A query that a person or a model writes nests some 40 deep and costs some 500; at these limits planning takes 0.1 s. */
const maxDepth = 250;
const maxPlanningCost = 100_000;

async function refusalOf(kept: KeptConnection, { sql, guard, functions }: CallersQuery): Promise<string | undefined> {
  const tree = await parseTree(kept, sql);
  if (tree.error) {
    return tree.error_type === 'parser'
      ? `Parser Error: ${tree.error_message}.`
      : 'Only one SELECT statement can be run here.';
  }
  if (tree.statements.length !== 1) return 'Exactly one SELECT statement can be run here.';
  const statement = tree.statements[0];
  if (planningCost(statement, { maxDepth }) > maxPlanningCost) {
    return 'The query is too large, or nested too deeply, to be run here. Simplify it.';
  }
  return findRefusal(statement, {
    functions,
    allowed: new Set(guard.allowFunctions.map(name => name.toLowerCase())),
    hasTable: await tablesOf(kept.connection),
  });
}

type ParseTree =
  | { readonly error: true; readonly error_type: string; readonly error_message: string }
  | { readonly error: false; readonly statements: readonly unknown[] };

async function parseTree(kept: KeptConnection, sql: string): Promise<ParseTree> {
  const prepared = await kept.prepare('SELECT json_serialize_sql($sql::VARCHAR)');
  if (prepared === undefined) throw new Error('DuckDB split a statement that is one.');
  prepared.statement.bindVarchar(1, sql);
  const tree: ParseTree = JSON.parse(
    String((await prepared.statement.run()).getChunk(0).getColumnVector(0).getItem(0)),
  );
  return tree;
}

async function runReadOnly(kept: KeptConnection, sql: string, maxRows: number | undefined): Promise<ReadRows> {
  await kept.connection.run('BEGIN TRANSACTION READ ONLY');
  try {
    const extracted = await kept.connection.extractStatements(sql);
    if (extracted.count !== 1) throw new Error('Parser Error: Exactly one statement can be run here.');
    const statement = await extracted.prepare(0);
    try {
      const read = { declared: declaredColumns(undefined), format: 'json', maxRows } as const;
      return await readResult(await statement.stream(), read);
    } catch (error) {
      if (error instanceof BrokenResult) {
        // Once more, all at once, so that DuckDB says why.
        await kept.connection.run('ROLLBACK');
        await kept.connection.run('BEGIN TRANSACTION READ ONLY');
        await statement.run();
      }
      throw error;
    } finally {
      statement.destroySync();
    }
  } finally {
    await endTransaction(kept);
  }
}

/** What the query gave, or why it failed, matters more than a connection that has to be dropped. */
async function endTransaction(kept: KeptConnection): Promise<void> {
  try {
    await kept.connection.run('ROLLBACK');
  } catch {
    kept.isDirty = true;
  }
}
