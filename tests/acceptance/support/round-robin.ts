import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RoundRobin {
  /** The address of `/mcp` through it. */
  readonly url: string;
  /** How many requests each of the servers has had. */
  readonly counts: readonly number[];
  close(): Promise<void>;
}

/** A plain balancer: each request goes to the next server, whoever sends it and whatever is in it. */
export async function startRoundRobin(urls: readonly string[]): Promise<RoundRobin> {
  const counts = urls.map(() => 0);
  let turn = 0;
  const server = createServer((req, res) => {
    const index = turn++ % urls.length;
    counts[index] = (counts[index] ?? 0) + 1;
    const { method, headers } = req;
    const passed = request(String(urls[index]), { method, headers }, answer => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    passed.on('error', () => res.destroy());
    res.on('close', () => passed.destroy());
    req.pipe(passed);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    counts,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
