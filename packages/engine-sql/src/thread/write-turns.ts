import { isConflict, isDuplicateKey, readFailure } from '../sql/read-failure.ts';
import type { ThreadJob } from './thread-job.ts';

const firstPauseMs = 1;
const longestPauseMs = 20;
const maxDuplicateKeys = 8;

/**
 * Runs writes so that one refused for a conflict is tried again until it succeeds or is cancelled. Writes run side by
 * side until two of them meet; from then on they take turns until nobody is in conflict any more.
 */
export class WriteTurns {
  #last: Promise<void> = Promise.resolve();
  #inLine = 0;

  /** @param isUpsert - a duplicate key may mean that another upsert of the key has just been committed */
  async run<T>(job: ThreadJob, isUpsert: boolean, attempt: () => Promise<T>): Promise<T> {
    if (this.#inLine === 0) {
      try {
        return await attempt();
      } catch (error) {
        const failure = readFailure(error);
        if (job.isCancelled || !(isConflict(failure) || (isUpsert && isDuplicateKey(failure)))) throw error;
      }
    }
    return this.#inTurn(job, () => this.#untilDone(job, isUpsert ? maxDuplicateKeys : 0, attempt));
  }

  async #inTurn<T>(job: ThreadJob, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let finish = () => {};
    this.#last = new Promise(resolve => {
      finish = resolve;
    });
    this.#inLine += 1;
    try {
      await before;
      job.throwIfCancelled();
      return await work();
    } finally {
      this.#inLine -= 1;
      finish();
    }
  }

  async #untilDone<T>(job: ThreadJob, allowedDuplicates: number, attempt: () => Promise<T>): Promise<T> {
    let duplicates = 0;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await attempt();
      } catch (error) {
        const failure = readFailure(error);
        if (isDuplicateKey(failure)) duplicates += 1;
        if (!isConflict(failure) && !(isDuplicateKey(failure) && duplicates <= allowedDuplicates)) throw error;
        job.throwIfCancelled();
        await new Promise(resolve => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
        job.throwIfCancelled();
      }
    }
  }
}
