import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { adminSocketPath, connectAdmin } from '../../packages/admin/src/index.ts';
import { connectClient } from '../support/clients.ts';
import { type Holdings, readHoldings } from '../support/process-tree.ts';
import { startServer } from '../support/program.ts';
import { breakOne, editAll, makeThreeLanguages, startLoad } from '../support/three-languages.ts';

const isFull = process.env['MXCP_TEST_FULL'] === '1';
const reloads = isFull ? 200 : 20;
/** Of the first and of the last reloads whose memory is compared; before these the server is still warming up. */
const [from, to] = isFull ? [20, 40] : [5, 10];
const exclusive = new Set([0.25, 0.5, 0.75].map(part => Math.round(reloads * part) + 2));

test(`${reloads} reloads under load, some of them broken or exclusive, cost no call and nothing that stays`, async () => {
  const folder = makeThreeLanguages();
  const server = await startServer(folder);
  const pid = server.child.pid ?? 0;
  const load = await startLoad(server.url);
  const client = await connectClient('v2 of 2026', { url: server.url });
  const admin = await connectAdmin(adminSocketPath(folder, 'default', process.env));
  if (admin === undefined) throw new Error('The server has no admin socket.');
  const generation = async () => (await admin.call('GET /status', undefined)).generation;
  const memory: number[] = [];
  let before: Holdings | undefined;
  try {
    for (let number = 1; number <= reloads; number += 1) {
      const isBroken = number % 10 === 0;
      if (isBroken) breakOne(folder, number);
      else editAll(folder, number);
      if (exclusive.has(number)) {
        const served = await generation();
        expect(await client.callTool('swap')).toMatchObject({ isError: false, text: 'asked' });
        await vi.waitFor(async () => expect(await generation()).toBe(served + 1), 30_000);
      } else {
        const answer = await admin.call('POST /reload', { wait: true });
        expect(answer, `reload ${number}: ${JSON.stringify(answer)}\n${server.stderr().slice(-2_000)}`).toMatchObject({
          status: 'reload_finished',
          result: { ok: !isBroken },
        });
      }
      const holdings = await whenSettled(pid);
      memory.push(holdings.pssKib);
      if (number === from) before = await atRest(pid, load);
    }
    expect(await client.callTool('by_python', { n: 1 })).toMatchObject({ structured: { n: 1 } });
    const after = await atRest(pid, load, before);
    await load.stop();
    const first = medianOf(memory.slice(from, to));
    const last = medianOf(memory.slice(-(to - from)));
    process.stdout.write(
      `${reloads} reloads, ${load.answered()} calls; PSS ${Math.round(first / 1024)} → ${Math.round(last / 1024)} MiB; ` +
        `${after.fileDescriptors.length} descriptors, ${after.threads} threads, ${after.children.length} children\n`,
    );
    expect(load.failures).toEqual([]);
    expect(facts(after)).toEqual(facts(before));
    // With few reloads the server is still warming up.
    expect(last / first).toBeLessThanOrEqual(isFull ? 1.1 : 1.5);
  } finally {
    await load.stop();
    await client.close();
    await server.stop();
  }
}, 400_000);

/** When the processes of the plan before are gone. */
function whenSettled(pid: number): Promise<Holdings> {
  return vi.waitFor(
    () => {
      const holdings = readHoldings(pid);
      expect(holdings.children.filter(name => name.includes('python')).length).toBe(1);
      expect(holdings.children.filter(name => name.includes('typescript-guest')).length).toBe(1);
      return holdings;
    },
    { timeout: 30_000, interval: 50 },
  );
}

/** While nobody calls: connections and threads come and go with calls. Waits for what is expected, if that is known. */
async function atRest(pid: number, load: Awaited<ReturnType<typeof startLoad>>, expected?: Holdings) {
  await load.pause();
  let holdings = await whenSettled(pid);
  for (let look = 0; look < 100; look += 1) {
    await sleep(100);
    const next = readHoldings(pid);
    const isDone = JSON.stringify(facts(next)) === JSON.stringify(facts(expected ?? holdings));
    holdings = next;
    if (isDone && look > 10) break;
  }
  load.resume();
  return holdings;
}

function facts(holdings: Holdings | undefined) {
  if (holdings === undefined) return undefined;
  const { fileDescriptors, threads, children } = holdings;
  return { fileDescriptors, threads, children };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
