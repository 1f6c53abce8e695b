import { setTimeout as sleep } from 'node:timers/promises';
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

/** As `project/config.yml` says. */
const sessionIdleMs = 2_000;

const title = `${httpMessages} hostile requests over HTTP are answered or refused, and give nothing away`;

// Not tried again: what is found once is there.
test(title, { timeout: timeLimitMs + 120_000, retry: 0 }, async () => {
  const pid = server.child.pid ?? 0;
  const connections = new Connections(Number(new URL(server.url).port));
  const statuses = new Map<string, number>();
  let sent = 0;
  const onSent = (status: number | undefined) => {
    const name = String(status ?? 'none');
    statuses.set(name, (statuses.get(name) ?? 0) + 1);
    sent += 1;
  };
  const target = {
    connections,
    leaks: createLeaks([folder, repository]),
    givenOut: new GivenOut(),
    sentIds: new Set<string | number>(),
    onSent,
  };
  await useServer(server.url);
  const programs = programsOf(pid);
  const memory: number[] = [];
  const giveUpAt = Date.now() + timeLimitMs;
  for (let round = 0; sent < httpMessages; round += 1) {
    await playRound(seed + round, target);
    memory.push(readHoldings(pid).pssKib);
    expect(Date.now(), `Only ${sent} requests were sent in ${timeLimitMs / 1000} s.`).toBeLessThan(giveUpAt);
  }
  connections.close();
  const [early, late] = [medianAround(memory, 1 / 3), medianAround(memory, 1)];
  const counts = [...statuses].sort().map(entry => entry.join(': '));
  const mebibytes = `PSS ${Math.round(early / 1024)} → ${Math.round(late / 1024)} MiB`;
  process.stdout.write(`MXCP_FUZZ_SEED=${seed}: ${sent} requests; ${counts.join(', ')}; ${mebibytes}\n`);
  // By then the sessions have ended that nobody has ended.
  await sleep(sessionIdleMs + 500);
  await useServer(server.url);
  expect(programsOf(pid)).toEqual(programs);
  expect(findInLog(server.stderr(), secrets)).toEqual([]);
  expect(late / early).toBeLessThanOrEqual(isFull ? 1.4 : 1.8);
  expect((await server.stop()).exitCode).toBe(0);
});

/** With their process ids: one that crashes is started again, and would look the same without. */
function programsOf(pid: number): readonly string[] {
  return descendantsOf(pid).map(each => `${programOf(each)} (${each})`);
}

/** Of the samples of a sixth of the run, which lies around this part of it or ends it: one alone is mostly uncollected garbage. */
function medianAround(samples: readonly number[], part: number): number {
  const width = Math.ceil(samples.length / 6);
  const start = Math.max(0, Math.min(Math.floor(samples.length * part - width / 2), samples.length - width));
  const sorted = samples.slice(start, start + width).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
