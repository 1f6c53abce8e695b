import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callTool } from '../load/call-tool.mjs';
import { watchHealth } from '../load/watch-health.mjs';
import { withDataServer } from '../servers/data-server.mjs';
import { cpuUsOf, processTree } from '../system/process-tree.mjs';
import { perCall } from './http-calls.mjs';

const runs = 10;
/** `WARM_UP` of projects/data/queries.py and `runs`. */
const allRuns = 3 + runs;
const execute = promisify(execFile);

/**
 * Records the median of ten warm runs of `df()` over a million rows and of ten thousand rows as dicts, in a served Python
 * tool and with duckdb itself in the same interpreter, and how `/health` answers meanwhile.
 */
export async function measureFrames({ data, python, record }) {
  await withDataServer(data, async ({ port, pid }) => {
    for (const [what, rows] of cases) {
      const tool = () => callTool(port, `time_${what}`, { rows, runs });
      const before = cpuUsOf(processTree(pid));
      const { result, health } = await watchHealth(port, tool);
      const cpuUsPerCall = perCall(before, cpuUsOf(processTree(pid)), allRuns);
      record(`frames/${what}/mxcp-ts`, { ms: result, cpuUsPerCall, ...health });
    }
  });
  for (const [what, rows] of cases) record(`frames/${what}/duckdb`, await timeDirect({ data, python, what, rows }));
}

const cases = [
  ['frame', 1_000_000],
  ['rows', 10_000],
];

async function timeDirect({ data, python, what, rows }) {
  const { stdout } = await execute(python, [join(data, 'python', 'direct.py'), what, String(rows), String(runs)]);
  const [ms, cpuUsPerCall] = stdout.trim().split(' ').map(Number);
  return { ms, cpuUsPerCall };
}
