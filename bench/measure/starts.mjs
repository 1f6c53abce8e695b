import { openLineClient } from '../load/line-client.mjs';
import { toolList } from '../protocol/mcp-request.mjs';
import { cli, program } from '../system/command-line.mjs';
import { memoryMiBOf, processTree } from '../system/process-tree.mjs';
import { startProcess } from '../system/server-process.mjs';

/** Records the time from spawning the server to its first answer to `tools/list`, for every size, and of the SDK alone. */
export async function measureStarts({ projects, record }) {
  record('start/documented SDK server, 1 tool', await timeStart(program('documented-sdk.mjs', 'stdio'), 1));
  for (const { toolCount, folder } of projects) {
    const args = cli('serve', '-C', folder, '--transport', 'stdio');
    record(`start/${toolCount} tools`, await timeStart(args, toolCount));
  }
}

async function timeStart(args, toolCount) {
  const startedAt = performance.now();
  const running = startProcess(args);
  try {
    const answer = await openLineClient(running.child).request(toolList());
    const ms = performance.now() - startedAt;
    const listed = answer.result?.tools.length;
    // The first page of a longer list.
    if (listed !== Math.min(toolCount, 1_000)) throw new Error(`${listed} tools were listed.`);
    return { ms, memoryMiB: memoryMiBOf(processTree(running.pid)) };
  } catch (error) {
    throw new Error(`${args.join(' ')}: ${error.message}\n${running.stderr()}`);
  } finally {
    await running.stop();
  }
}

/** Records how long `mxcp-ts validate` takes, for every size. */
export async function measureValidate({ projects, record }) {
  for (const { toolCount, folder } of projects) {
    const startedAt = performance.now();
    const running = startProcess(cli('validate', '-C', folder));
    running.child.stdout.resume();
    const code = await running.exited;
    if (code !== 0) throw new Error(`validate ended with code ${code}.\n${running.stderr()}`);
    record(`validate/${toolCount} tools`, { ms: performance.now() - startedAt });
  }
}
