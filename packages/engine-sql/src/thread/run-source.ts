import type { DuckDBMaterializedResult, DuckDBResult } from '@duckdb/node-api';
import { bindArgument } from '../bind/bind-argument.ts';
import type { Arguments } from './arguments.ts';
import { BrokenResult } from './chunk-source.ts';
import { describeStatement, type KeptConnection, type KeptStatement } from './kept-connection.ts';
import type { SqlSource } from './sql-source.ts';
import type { ThreadJob } from './thread-job.ts';

export interface RunOptions {
  readonly job: ThreadJob;
  readonly args: Arguments;
  /** Fetch the last result piece by piece, so that reading can stop early. */
  readonly isStreamed: boolean;
  /** Reads the last result, while the transaction is still open. */
  readonly read: (result: DuckDBResult | DuckDBMaterializedResult) => Promise<void>;
  /** The connection is in a transaction that somebody else ends: it is left as the statements leave it. */
  readonly isInside?: boolean;
  /** Called once when what the source may have written is committed; inside of somebody's transaction, when it has run. */
  readonly wrote: (source: SqlSource) => void;
}

/** Runs every statement of a source in order; reads the result of the last one. Leaves the connection clean. */
export async function runSource(kept: KeptConnection, source: SqlSource, options: RunOptions): Promise<void> {
  if (source.changesSession) kept.isDirty = true;
  if (options.isInside === true) return runInside(kept, source, options);
  let isDone = false;
  const done = () => {
    if (!isDone && source.mayWrite) options.wrote(source);
    isDone = true;
  };
  try {
    if (source.transaction === 'ours') await kept.connection.run('BEGIN TRANSACTION');
    // What one statement wrote stays when its rows cannot be read.
    await runStatements(kept, source, { ...options, ...(source.transaction === 'auto' && { ran: done }) });
    if (source.transaction === 'ours') await kept.connection.run('COMMIT');
    else if (source.transaction === 'own') await rollBack(kept);
    done();
  } catch (error) {
    // The text may have committed some of it.
    if (source.transaction === 'own') done();
    // Without a transaction this still ends a result that was not read to its end.
    const isClean = await rollBack(kept);
    if (!isClean && source.transaction === 'ours') kept.isDirty = true;
    throw error;
  }
}

/** Ends a result that was not read to its end, which would keep a transaction open. */
export async function endResult(kept: KeptConnection): Promise<void> {
  await rollBack(kept);
}

async function runInside(kept: KeptConnection, source: SqlSource, options: RunOptions): Promise<void> {
  try {
    await runStatements(kept, source, options);
  } finally {
    if (source.mayWrite) options.wrote(source);
  }
}

interface StatementsOptions extends RunOptions {
  /** The last statement has run; its rows have not been read. */
  readonly ran?: () => void;
}

async function runStatements(kept: KeptConnection, source: SqlSource, options: StatementsOptions): Promise<void> {
  const lastIndex = source.statements.length - 1;
  for (const [index, { text }] of source.statements.entries()) {
    options.job.throwIfCancelled();
    const result = await runText(kept, text, { ...options, isStreamed: options.isStreamed && index === lastIndex });
    if (index < lastIndex) continue;
    options.ran?.();
    await readRows(result, options, () => explainBroken(kept, { source, text, options }));
  }
}

async function readRows(result: DuckDBResult, { read }: RunOptions, explain: () => Promise<void>): Promise<void> {
  try {
    await read(result);
  } catch (error) {
    if (error instanceof BrokenResult) await explain();
    throw error;
  }
}

interface BrokenStatement {
  readonly source: SqlSource;
  readonly text: string;
  readonly options: RunOptions;
}

const subqueries: ReadonlySet<string> = new Set(['SELECT', 'FROM', 'WITH', 'VALUES']);

/** Runs a query that failed in the middle once more, to one value of all its rows, so that DuckDB says why. */
async function explainBroken(kept: KeptConnection, { source, text, options }: BrokenStatement): Promise<void> {
  options.job.throwIfCancelled();
  const keyword = source.statements.at(-1)?.keyword ?? '';
  if (source.transaction !== 'auto' || options.isInside === true || !subqueries.has(keyword)) return;
  await runText(kept, `SELECT bit_xor(hash(all_rows)) FROM (${text}\n) AS all_rows`, { ...options, isStreamed: false });
}

async function runText(kept: KeptConnection, text: string, options: RunOptions): Promise<DuckDBResult> {
  const prepared = await kept.prepare(text);
  if (prepared !== undefined) return runPrepared(prepared, options);
  // DuckDB splits a PIVOT in two: a type is made first, and only then can the rest be prepared.
  const extracted = await kept.connection.extractStatements(text);
  for (let index = 0; ; index += 1) {
    const statement = describeStatement(await extracted.prepare(index));
    const isLast = index === extracted.count - 1;
    const result = await runPrepared(statement, { ...options, isStreamed: options.isStreamed && isLast });
    if (isLast) return result;
  }
}

function runPrepared(prepared: KeptStatement, { args, isStreamed, job }: RunOptions): Promise<DuckDBResult> {
  const { statement, parameters, isWrite } = prepared;
  job.throwIfCancelled();
  for (const { index, name, isJson } of parameters) {
    const { value, declared } = args.find(name);
    bindArgument({ statement, index, isJson }, value, declared);
  }
  return isStreamed && !isWrite ? statement.stream() : statement.run();
}

/** False when there was no transaction to roll back, or when it could not be. */
async function rollBack(kept: KeptConnection): Promise<boolean> {
  try {
    await kept.connection.run('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
