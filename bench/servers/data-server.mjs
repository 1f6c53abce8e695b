import { cli } from '../system/command-line.mjs';
import { findFreePort, startProcess, waitForPort } from '../system/server-process.mjs';

/** Serves the data project over HTTP while `work` goes on. */
export async function withDataServer(data, work) {
  const port = await findFreePort();
  const args = cli('serve', '-C', data, '--transport', 'streamable-http', '--port', String(port));
  const running = startProcess(args);
  try {
    await waitForPort(running, port);
    await work({ port, pid: running.pid });
  } catch (error) {
    throw new Error(`data project: ${error.message}\n${running.stderr()}`);
  } finally {
    await running.stop();
  }
}
