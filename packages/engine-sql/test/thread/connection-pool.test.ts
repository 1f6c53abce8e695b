import { expect, test } from 'vitest';
import { ConnectionPool } from '../../src/thread/connection-pool.ts';
import { openOwnedDatabase } from '../../src/thread/database-owner.ts';
import type { KeptConnection } from '../../src/thread/kept-connection.ts';
import { ThreadJob } from '../../src/thread/thread-job.ts';

test('a connection is used again, but not one whose job was stopped: its transaction may still be open', async () => {
  const database = await openOwnedDatabase(':memory:', {});
  const pool = new ConnectionPool({ database, maxConnections: 1, sessionStatements: [] });
  const use = (work: (job: ThreadJob) => void) => {
    const job = new ThreadJob();
    return pool.withConnection(job, async (kept): Promise<KeptConnection> => {
      await kept.connection.run('BEGIN TRANSACTION READ ONLY');
      work(job);
      if (!job.isCancelled) await kept.connection.run('ROLLBACK');
      return kept;
    });
  };
  const first = await use(() => {});
  const stopped = await use(job => job.cancel());
  const next = await use(() => {});
  expect([stopped === first, next === first]).toEqual([true, false]);
  pool.closeIdle();
  database.closeSync();
});
