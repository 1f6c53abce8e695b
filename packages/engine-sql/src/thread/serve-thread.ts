import { checkSql } from '../check/check-sql.ts';
import { OpenProblem } from './open/open-problem.ts';
import { openThreadDatabase } from './open-thread-database.ts';
import type { HostToThread, ThreadToHost } from './protocol.ts';
import type { ThreadAnswer } from './thread-answer.ts';
import { compileQuery, executeOnce, type ThreadDatabase, type ThreadQueryRun } from './thread-database.ts';
import { ThreadJob } from './thread-job.ts';

/** The database thread without its wire: takes messages, posts answers. */
export function serveThread(post: (message: ThreadToHost) => void): (message: HostToThread) => void {
  const queries = new Map<number, ThreadQueryRun>();
  const jobs = new Map<number, ThreadJob>();
  let database: ThreadDatabase | undefined;

  async function start(
    id: number,
    work: (open: ThreadDatabase, job: ThreadJob) => Promise<ThreadAnswer>,
  ): Promise<void> {
    const job = new ThreadJob();
    jobs.set(id, job);
    const answer: ThreadAnswer =
      database === undefined
        ? { type: 'failed', error: { type: 'Connection', message: 'The database is closed.' } }
        : await work(database, job);
    jobs.delete(id);
    post({ ...answer, id });
  }

  async function open(message: HostToThread & { type: 'open' }): Promise<void> {
    try {
      const opened = await openThreadDatabase(message.request);
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

  async function close({ id, deadlineMs }: HostToThread & { type: 'close' }): Promise<void> {
    const closing = database;
    database = undefined;
    if (closing !== undefined) {
      await endJobs(jobs, deadlineMs);
      await closeDatabase(closing);
    }
    post({ type: 'closed', id });
  }

  return message => {
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
        if (query !== undefined) void start(message.id, (open, job) => query(open, message.args, job));
        return;
      }
      case 'execute':
        void start(message.id, (open, job) => executeOnce(open, message.request, job));
        return;
      case 'cancel':
        jobs.get(message.id)?.cancel();
        return;
      case 'check':
        void checkSql(message.request, database).then(findings => post({ type: 'checked', id: message.id, findings }));
        return;
      case 'close':
        void close(message);
        return;
    }
  };
}

const lookEveryMs = 10;
const interruptGraceMs = 2000;

/** Waits for running jobs until the deadline, then cancels them and waits a little more. */
async function endJobs(jobs: ReadonlyMap<number, ThreadJob>, deadlineMs: number): Promise<void> {
  await untilEmpty(jobs, deadlineMs);
  for (const job of jobs.values()) job.cancel();
  await untilEmpty(jobs, interruptGraceMs);
}

async function untilEmpty(jobs: ReadonlyMap<number, ThreadJob>, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (jobs.size > 0 && Date.now() < end) await new Promise(resolve => setTimeout(resolve, lookEveryMs));
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
