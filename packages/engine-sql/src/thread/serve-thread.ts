import type { SqlCaller } from '@mxcp-ts/engine';
import { checkSql } from '../check/check-sql.ts';
import { ConnectionUsers } from '../functions/connection-users.ts';
import type { HostCrossing } from '../functions/host-crossing.ts';
import { ThreadFunctions } from '../functions/thread-functions.ts';
import { readFailure } from '../sql/read-failure.ts';
import { OpenProblem } from './open/open-problem.ts';
import { openThreadDatabase } from './open-thread-database.ts';
import type { HostToThread, ThreadExecute, ThreadToHost } from './protocol.ts';
import type { ThreadAnswer } from './thread-answer.ts';
import {
  append,
  beginTransaction,
  compileQuery,
  endTransaction,
  executeOnce,
  fetchStream,
  openStream,
  type ThreadDatabase,
  type ThreadQueryRun,
} from './thread-database.ts';
import { ThreadJob } from './thread-job.ts';
import { WriteNotices } from './write-notices.ts';

export interface ThreadService {
  readonly receive: (message: HostToThread) => void;
  /** Stops what runs for a request, and nothing more: safe in the middle of a statement. */
  readonly interrupt: (id: number) => void;
}

/** The database thread without its wire: takes messages, posts answers. */
export function serveThread(post: (message: ThreadToHost) => void, crossing: HostCrossing): ThreadService {
  const queries = new Map<number, ThreadQueryRun>();
  const jobs = new Map<number, ThreadJob>();
  const users = new ConnectionUsers();
  const functions = new ThreadFunctions({ crossing, users });
  const notices = new WriteNotices(tables => post({ type: 'wrote', tables }));
  let database: ThreadDatabase | undefined;

  async function start(
    { id, caller }: { readonly id: number; readonly caller?: SqlCaller | undefined },
    work: (open: ThreadDatabase, job: ThreadJob) => Promise<ThreadAnswer>,
  ): Promise<void> {
    const job = new ThreadJob({ users, caller });
    jobs.set(id, job);
    const answer: ThreadAnswer =
      database === undefined
        ? { type: 'failed', error: { type: 'Connection', message: 'The database is closed.' } }
        : await work(database, job);
    jobs.delete(id);
    post({ ...answer, id });
  }

  /** Statements of a transaction run for the one who began it, unless told otherwise. */
  function statement({ id, request }: { readonly id: number; readonly request: ThreadExecute }) {
    const { caller, transaction } = request;
    const inherited = transaction === undefined ? undefined : database?.transactions.jobOf(transaction)?.caller;
    return { id, caller: caller ?? inherited };
  }

  async function open(message: HostToThread & { type: 'open' }): Promise<void> {
    try {
      const opened = await openThreadDatabase(message.request, users, notices);
      database = opened.database;
      post({ type: 'opened', id: message.id, warnings: opened.warnings });
    } catch (error) {
      const refusal =
        error instanceof OpenProblem
          ? error.refusal
          : { code: 'database-open' as const, message: `The database cannot be opened: ${String(error)}` };
      post({ type: 'refused', id: message.id, refusal });
    }
  }

  async function defineFunctions({
    id,
    functions: declared,
  }: HostToThread & { type: 'define-functions' }): Promise<void> {
    try {
      if (database === undefined) throw new Error('The database is closed.');
      post({ type: 'functions-defined', id, problems: await functions.define(database, declared) });
    } catch (error) {
      post({ type: 'failed', id, error: readFailure(error) });
    }
  }

  async function close({ id, deadlineMs }: HostToThread & { type: 'close' }): Promise<void> {
    const closing = database;
    database = undefined;
    if (closing !== undefined) {
      await endJobs(jobs, closing, deadlineMs);
      await closeDatabase(closing);
    }
    post({ type: 'closed', id });
  }

  function receive(message: HostToThread): void {
    switch (message.type) {
      case 'open':
        void open(message);
        return;
      case 'define':
        queries.set(message.query, compileQuery(message.definition));
        return;
      case 'forget':
        queries.delete(message.query);
        return;
      case 'run': {
        const query = queries.get(message.query);
        void start(message, query === undefined ? noQuery : (open, job) => query(open, message.args, job));
        return;
      }
      case 'execute':
        void start(statement(message), (open, job) => executeOnce(open, message.request, job));
        return;
      case 'begin':
        void start(message, (open, job) => beginTransaction(open, message.id, job));
        return;
      case 'end':
        void start(message, (open, job) => endTransaction(open, message, job));
        return;
      case 'open-stream':
        void start(statement(message), (open, job) => openStream(open, message, job));
        return;
      case 'fetch':
        void start(message, (open, job) => fetchStream(open, message.stream, job));
        return;
      case 'append':
        void start(message, (open, job) => append(open, message.request, job));
        return;
      case 'define-functions':
        void defineFunctions(message);
        return;
      case 'applied':
        return;
      case 'watch-writes':
        notices.areWanted = message.isOn;
        return;
      case 'cancel':
        jobs.get(message.id)?.cancel();
        database?.transactions.abandon(message.id);
        database?.streams.close(message.id);
        return;
      case 'check':
        void checkSql(message.request, database).then(answer => post({ type: 'checked', id: message.id, ...answer }));
        return;
      case 'close':
        void close(message);
        return;
    }
  }

  return {
    receive,
    interrupt: id => {
      jobs.get(id)?.cancel();
      database?.transactions.interrupt(id);
      database?.streams.interrupt(id);
    },
  };
}

async function noQuery(): Promise<ThreadAnswer> {
  return { type: 'failed', error: { type: 'Connection', message: 'The query belongs to a plan that is over.' } };
}

const lookEveryMs = 10;
const interruptGraceMs = 2000;

/** Waits for running jobs until the deadline, then cancels them, with what holds connections, and waits a little more. */
async function endJobs(
  jobs: ReadonlyMap<number, ThreadJob>,
  { pool, streams, transactions }: ThreadDatabase,
  deadlineMs: number,
): Promise<void> {
  await until(() => jobs.size === 0, deadlineMs);
  for (const job of jobs.values()) job.cancel();
  streams.closeAll();
  transactions.abandonAll();
  await until(() => jobs.size === 0 && pool.held === 0, interruptGraceMs);
}

async function until(isDone: () => boolean, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (!isDone() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, lookEveryMs));
}

async function closeDatabase({ owned, pool }: ThreadDatabase): Promise<void> {
  pool.closeIdle();
  try {
    const connection = await owned.connect();
    await connection.run('CHECKPOINT');
    connection.disconnectSync();
  } catch {
    // A read-only database cannot be checkpointed, one with an open transaction not now; its log is replayed next time.
  }
  owned.closeSync();
}
