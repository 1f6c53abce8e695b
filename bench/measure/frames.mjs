import { join } from 'node:path';
import { callTool } from '../load/call-tool.mjs';
import { openLineClient } from '../load/line-client.mjs';
import { summarizeHealth, watchHealth } from '../load/watch-health.mjs';
import { median } from '../report/samples.mjs';
import { withDataServer } from '../servers/data-server.mjs';
import { cpuUsOf, processTree } from '../system/process-tree.mjs';
import { startProcess } from '../system/server-process.mjs';

const warmUps = 3;
const runs = 10;
const cases = [
  ['frame', 1_000_000],
  ['rows', 10_000],
];

/**
 * Records the median of ten warm runs of `df()` over a million rows and of ten thousand rows as dicts, in a served Python
 * tool and with duckdb itself in the same interpreter, and how `/health` answers meanwhile. The two take turns run by
 * run, so that other work on the machine meets both.
 */
export async function measureFrames({ data, python, record }) {
  const other = startProcess([join(data, 'python', 'direct.py')], python);
  const direct = openLineClient(other.child);
  try {
    await withDataServer(data, async ({ port, pid }) => {
      for (const [what, rows] of cases) await measureCase({ what, rows, port, pid, direct, record });
    });
  } catch (error) {
    throw new Error(`${error.message}\n${other.stderr()}`);
  } finally {
    await other.stop();
  }
}

async function measureCase({ what, rows, port, pid, direct, record }) {
  const ours = [];
  const theirs = [];
  for (let run = 0; run < warmUps + runs; run += 1) {
    const before = cpuUsOf(processTree(pid));
    const { result, latencies } = await watchHealth(port, () => callTool(port, `time_${what}`, { rows }));
    ours.push({ ms: result, cpuUs: cpuUsOf(processTree(pid)) - before, latencies });
    theirs.push(await direct.request({ what, rows }));
  }
  const health = summarizeHealth(ours.slice(warmUps).flatMap(({ latencies }) => latencies));
  record(`frames/${what}/mxcp-ts`, { ...warmOnes(ours, ({ cpuUs }) => cpuUs), ...health });
  record(
    `frames/${what}/duckdb`,
    warmOnes(theirs, ({ cpuUs }, run) => cpuUs - theirs[run - 1].cpuUs),
  );
}

/** The median time, and the mean CPU time, whose ticks are too coarse for a single run. */
function warmOnes(all, cpuUsOfRun) {
  const cpuUs = all.map((run, number) => (number < warmUps ? 0 : cpuUsOfRun(run, number)));
  const ms = median(all.slice(warmUps).map(run => run.ms));
  return { ms, cpuUsPerCall: cpuUs.reduce((sum, value) => sum + value, 0) / runs };
}
