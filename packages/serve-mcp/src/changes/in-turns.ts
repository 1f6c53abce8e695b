import { setImmediate } from 'node:timers/promises';

/** Does something with each of many items, and lets others have the thread in between. */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => void, atOnce = 50): Promise<void> {
  let left = atOnce;
  for (const item of items) {
    work(item);
    left -= 1;
    if (left > 0) continue;
    left = atOnce;
    await setImmediate();
  }
}
