import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openLineClient } from '../load/line-client.mjs';
import { runCallers } from '../load/run-callers.mjs';
import { cpuUsOf } from '../system/process-tree.mjs';
import { perCall } from './http-calls.mjs';

const script = fileURLToPath(new URL('../servers/pipe-echo.py', import.meta.url));

/** Records what a JSON line to Python and back over a pipe costs, with nothing of ours between. */
export async function measurePythonPipe({ seconds, record }) {
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const client = openLineClient(child);
  const call = async () => {
    const { value } = await client.request({ args: { text: 'hello world' } });
    if (value !== 'hello world') throw new Error(`The bare pipe answered ${value}.`);
  };
  await runCallers({ callers: 8, seconds: seconds / 2, call });
  for (const callers of [1, 32]) {
    const before = cpuUsOf([child.pid]);
    const result = await runCallers({ callers, seconds, call });
    const cpuUsPerCall = perCall(before, cpuUsOf([child.pid]), result.calls);
    record(`pipe/bare pipe to Python/${callers}`, { ...result, cpuUsPerCall });
  }
  child.kill();
}
