import { prepareRequests } from '../load/http-loader.mjs';
import { cpuUsOf, memoryMiBOf, processTree } from '../system/process-tree.mjs';
import { findFreePort, startProcess, waitForPort } from '../system/server-process.mjs';

/**
 * Starts a server over HTTP, makes its calls, records each, and the memory before and after all of them.
 *
 * @param kind - what the ids of the calls begin with
 */
export async function measureHttp(server, { kind = 'http', loader, seconds, record }) {
  const port = await findFreePort();
  const running = startProcess(server.http(port), server.program);
  try {
    await waitForPort(running, port);
    record(`memory/${server.id}/started`, { memoryMiB: memoryMiBOf(processTree(running.pid)) });
    for (const call of server.calls) await measureCall(call, { kind, port, running, loader, seconds, record });
    record(`memory/${server.id}/loaded`, { memoryMiB: memoryMiBOf(processTree(running.pid)) });
  } catch (error) {
    throw new Error(`${server.id}: ${error.message}\n${running.stderr()}`);
  } finally {
    await running.stop();
  }
}

async function measureCall({ id, messages, callers }, { kind, port, running, loader, seconds, record }) {
  const requests = await prepareRequests(port, messages);
  await loader.load({ port, requests, callers: 8, seconds: Math.max(1, seconds / 2) });
  for (const count of callers) {
    const tree = processTree(running.pid);
    const before = cpuUsOf(tree);
    const result = await loader.load({ port, requests, callers: count, seconds });
    record(`${kind}/${id}/${count}`, { ...result, cpuUsPerCall: perCall(before, cpuUsOf(tree), result.calls) });
  }
}

/** CPU time per call in microseconds; undefined where it cannot be read. */
export function perCall(before, after, calls) {
  return before === undefined || after === undefined ? undefined : (after - before) / calls;
}
