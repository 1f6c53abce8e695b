import { openLineClient } from '../load/line-client.mjs';
import { runCallers } from '../load/run-callers.mjs';
import { cpuUsOf, processTree } from '../system/process-tree.mjs';
import { startProcess } from '../system/server-process.mjs';
import { perCall } from './http-calls.mjs';

/** Starts a server over stdio and records its calls. The client is this process. */
export async function measureStdio(server, { seconds, record }) {
  const running = startProcess(server.stdio());
  try {
    const client = openLineClient(running.child);
    for (const call of server.calls) await measureCall(call, { client, running, seconds, record });
  } catch (error) {
    throw new Error(`${server.id} over stdio: ${error.message}\n${running.stderr()}`);
  } finally {
    await running.stop();
  }
}

async function measureCall({ id, messages, callers }, { client, running, seconds, record }) {
  const expected = [];
  for (const { message } of messages) expected.push(textOf(await client.request(message)));
  const call = async number => {
    const index = number % messages.length;
    const text = textOf(await client.request(messages[index].message));
    if (text !== expected[index]) throw new Error(`${id}: got ${text} instead of ${expected[index]}`);
  };
  await runCallers({ callers: 8, seconds: Math.max(1, seconds / 2), call });
  for (const count of callers) {
    const tree = processTree(running.pid);
    const before = cpuUsOf(tree);
    const result = await runCallers({ callers: count, seconds, call });
    record(`stdio/${id}/${count}`, { ...result, cpuUsPerCall: perCall(before, cpuUsOf(tree), result.calls) });
  }
}

function textOf(answer) {
  const text = answer.result?.content?.[0]?.text;
  if (text === undefined || answer.result.isError === true) throw new Error(JSON.stringify(answer).slice(0, 500));
  return text;
}
