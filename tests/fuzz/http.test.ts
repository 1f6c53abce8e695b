import { afterAll, beforeAll, expect, test } from 'vitest';
import { descendantsOf, programOf, readHoldings } from '../support/process-tree.ts';
import { type RunningServer, startServer } from '../support/program.ts';
import { Connections } from './driver/connection.ts';
import { GivenOut } from './driver/given-out.ts';
import { playRound } from './driver/play-round.ts';
import { createLeaks } from './invariants/leaks.ts';
import { findInLog } from './invariants/log.ts';
import { makeFuzzProject, repository, secrets } from './make-fuzz-project.ts';
import { readFuzzSettings } from './settings.ts';
import { useServer } from './use-server.ts';

const { seed, httpMessages, timeLimitMs, isFull } = readFuzzSettings(process.env);
const { folder, env } = makeFuzzProject();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(folder, [], { env });
});

afterAll(async () => {
  await server.stop();
});

test(
  `${httpMessages} hostile requests over HTTP are answered or refused, and give nothing away`,
  async () => {
    const pid = server.child.pid ?? 0;
    const statuses = new Map<string, number>();
    let sent = 0;
    const connections = new Connections(Number(new URL(server.url).port));
    const target = {
      connections,
      leaks: createLeaks([folder, repository]),
      givenOut: new GivenOut(),
      onSent(status: number | undefined) {
        sent += 1;
        const key = String(status ?? 'none');
        statuses.set(key, (statuses.get(key) ?? 0) + 1);
      },
    };
    await useServer(server.url);
    const programs = programsOf(pid);
    const memory: number[] = [];
    const giveUpAt = Date.now() + timeLimitMs;
    for (let round = 0; sent < httpMessages; round += 1) {
      await playRound(seed + round, target);
      if (sent * 3 >= httpMessages * (memory.length + 1)) memory.push(readHoldings(pid).pssKib);
      expect(Date.now(), `Only ${sent} requests were sent in ${timeLimitMs / 1000} s.`).toBeLessThan(giveUpAt);
    }
    connections.close();
    const mebibytes = memory.map(kibibytes => Math.round(kibibytes / 1024));
    process.stdout.write(
      `MXCP_FUZZ_SEED=${seed}: ${sent} requests; ${[...statuses]
        .sort()
        .map(entry => entry.join(': '))
        .join(', ')}; PSS ${mebibytes.join(' → ')} MiB\n`,
    );
    await useServer(server.url);
    expect(programsOf(pid)).toEqual(programs);
    expect(findInLog(server.stderr(), secrets)).toEqual([]);
    expect((memory.at(-1) ?? 0) / (memory[0] ?? 0)).toBeLessThanOrEqual(isFull ? 1.25 : 1.6);
    expect((await server.stop()).exitCode).toBe(0);
  },
  timeLimitMs + 120_000,
);

/** With their process ids: one that crashes is started again, and would look the same without. */
function programsOf(pid: number): readonly string[] {
  return descendantsOf(pid).map(each => `${programOf(each)} (${each})`);
}
