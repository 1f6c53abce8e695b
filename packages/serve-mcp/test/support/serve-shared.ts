import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServedRuntime } from '@mxcp-ts/runtime';
import { ActiveCalls } from '../../src/calls/active-calls.ts';
import { createCaller } from '../../src/calls/caller.ts';
import { createStateSealer } from '../../src/calls/sealed-state.ts';
import { createCatalogs } from '../../src/catalog/catalog.ts';
import { readMessage } from '../../src/http/read-message.ts';
import { createSharedChannel } from '../../src/http/shared-channel.ts';
import { createProjectServer } from '../../src/project-server.ts';
import { resolveMcpServeOptions } from '../../src/serve-options.ts';
import { Tasks } from '../../src/tasks/tasks.ts';

/** What a request is answered with that the shared channel does not take. */
export const notTaken = 418;

export interface SharedUnderTest {
  readonly url: URL;
  close(): Promise<void>;
}

/** The shared channel alone behind a server of node:http: what it does not take is not answered by anybody else. */
export async function serveShared(runtime: ServedRuntime): Promise<SharedUnderTest> {
  const serverInfo = { name: 'flights', version: '1.2.3' };
  const options = resolveMcpServeOptions({ serverInfo, log: () => {} });
  const catalogs = createCatalogs(options.pageSize);
  const catalog = () => catalogs(runtime.plan);
  const [active, tasks, sealer] = [new ActiveCalls(), new Tasks(options.tasks), createStateSealer(undefined)];
  const channel = createSharedChannel({
    createServer: describe => {
      const caller = createCaller({ ...options, runtime, active, describe });
      return createProjectServer({ ...options, caller, catalog, sealer, tasks, era: 'modern', canNotify: true });
    },
    isPlainTool: name => catalog().plainTools.has(name),
  });
  const server = createServer(async (req, res) => {
    const read = await readMessage(req, options.maxBodyBytes);
    const taken = read.kind === 'message' ? channel.take(req, res, read.message) : undefined;
    if (taken === undefined) res.writeHead(notTaken).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/mcp`),
    async close() {
      await channel.close();
      tasks.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
