import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { descendantsOf, programOf } from '../support/process-tree.ts';
import { startServer } from '../support/program.ts';
import { makeThreeLanguages, startLoad } from '../support/three-languages.ts';

const isFull = process.env['CI'] !== undefined || process.env['MXCP_TEST_FULL'] === '1';
const kills = isFull ? 50 : 5;
const guests = ['typescript-guest', 'python'] as const;
/** Of one guest: all its callers but one may wait in it at once. */
const callers = 32;

test(`kill -9 of each guest ${kills} times costs the calls in flight in it, and nothing hangs`, async () => {
  const server = await startServer(makeThreeLanguages());
  const load = await startLoad(server.url);
  try {
    for (let round = 0; round < kills; round += 1) {
      for (const guest of guests) {
        const before = load.failures.length;
        process.kill(await guestOf(server.child.pid ?? 0, guest), 'SIGKILL');
        const answered = load.answered();
        await progress(load, answered + 3 * callers);
        const failed = load.failures.slice(before);
        expect(failed.length).toBeLessThanOrEqual(callers);
        expect(failed.filter(text => !isOfGuest(text, guest))).toEqual([]);
      }
    }
    const failures = load.failures.length;
    await progress(load, load.answered() + 3 * callers);
    expect(load.failures.slice(failures)).toEqual([]);
    process.stdout.write(`${kills} kills of each guest, ${load.answered()} calls, ${failures} of them failed\n`);
  } finally {
    await load.stop();
    await server.stop();
  }
}, 120_000);

/** Waits until so many calls have been answered; a caller that hangs would be missed soon, since each calls in turn. */
async function progress(load: Awaited<ReturnType<typeof startLoad>>, answered: number): Promise<void> {
  while (load.answered() < answered) await sleep(20);
}

async function guestOf(server: number, guest: string): Promise<number> {
  for (;;) {
    const pid = descendantsOf(server).find(each => programOf(each).includes(guest));
    if (pid !== undefined) return pid;
    await sleep(20);
  }
}

function isOfGuest(failure: string, guest: string): boolean {
  const tool = guest === 'python' ? 'by_python' : 'by_typescript';
  return failure.startsWith(`${tool}: `) && /process (was ended by SIGKILL|ended)|did not|incident/.test(failure);
}
