import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { descendantsOf, programOf } from '../support/process-tree.ts';
import { startServer } from '../support/program.ts';
import { makeThreeLanguages, startLoad } from '../support/three-languages.ts';

const isFull = process.env['MXCP_TEST_FULL'] === '1';
const kills = isFull ? 50 : 5;
const guests = ['typescript-guest', 'python'] as const;
/** All of them may be in one guest at the moment of its death. */
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
}, 300_000);

/**
 * Waits until so many calls have been answered. With three for each caller every language has answered some: a caller
 * makes two calls at most before it needs the third, and one that hangs is missed at the end, when all must return.
 */
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
  const [tool, name] = guest === 'python' ? ['by_python', 'Python'] : ['by_typescript', 'TypeScript'];
  return failure === `${tool}: The ${name} process was ended by SIGKILL during the call. Try again in 1 s.`;
}
