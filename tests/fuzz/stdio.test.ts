import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descendantsOf } from '../support/process-tree.ts';
import { playLines } from './driver/play-lines.ts';
import { startStdioServer } from './driver/stdio-server.ts';
import { stdioLine } from './generators/stdio-lines.ts';
import { createLeaks } from './invariants/leaks.ts';
import { findInLog } from './invariants/log.ts';
import { makeFuzzProject, repository, secrets } from './make-fuzz-project.ts';
import { readFuzzSettings } from './settings.ts';

const { seed, stdioLines, timeLimitMs } = readFuzzSettings(process.env);
const linesAtOnce = 50;

const clientInfo = { name: 'fuzz', version: '1' };
const initialize = {
  jsonrpc: '2.0',
  id: 'open',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
};
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': clientInfo,
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** The first message decides the revision; without one the first that the generator makes does. */
const openings = [
  { era: '2025', first: initialize, params: {} },
  {
    era: '2026',
    first: { jsonrpc: '2.0', id: 'open', method: 'server/discover', params: { _meta: envelope } },
    params: { _meta: envelope },
  },
] as const;

const title = `${Math.ceil(stdioLines / 2)} hostile lines over stdio from a client of $era are answered or refused, and give nothing away`;

// Not tried again: what is found once is there.
test.each(openings)(title, { timeout: timeLimitMs + 60_000, retry: 0 }, async ({ era, first, params }) => {
  const { folder, env } = makeFuzzProject();
  const server = startStdioServer(folder, env);
  const target = { server, leaks: createLeaks([folder, repository]), sentIds: new Set<string | number>() };
  expect(await playLines([], JSON.stringify(first), target)).toEqual([]);
  const pid = server.child.pid ?? 0;
  const processes = descendantsOf(pid);
  const rounds = Math.ceil(stdioLines / 2 / linesAtOnce);
  const giveUpAt = Date.now() + timeLimitMs;
  for (let round = 0; round < rounds; round += 1) {
    const lines = fc.sample(stdioLine(era), { seed: seed + round, numRuns: linesAtOnce });
    const fence = JSON.stringify({ jsonrpc: '2.0', id: `fence ${round}`, method: 'tools/list', params });
    expect(await playLines(lines, fence, target), `MXCP_FUZZ_SEED=${seed + round}`).toEqual([]);
    expect(Date.now(), `Only ${round * linesAtOnce} lines were sent in ${timeLimitMs / 1000} s.`).toBeLessThan(
      giveUpAt,
    );
  }
  expect(descendantsOf(pid)).toEqual(processes);
  expect(findInLog(server.stderr(), secrets)).toEqual([]);
  expect(await server.end()).toBe(0);
});
