import type { SqlGuard } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import type { ThreadAnswer } from './thread-answer.ts';
import type { ThreadDatabase } from './thread-database.ts';
import type { ThreadJob } from './thread-job.ts';

export interface GuardedRun {
  readonly guard: SqlGuard;
  readonly maxRows: number | undefined;
  readonly args: JsonObject;
  readonly job: ThreadJob;
}

export async function runGuarded(_database: ThreadDatabase, _run: GuardedRun): Promise<ThreadAnswer> {
  throw new Error('not there yet');
}
