import { serveMcpStdio } from '../../src/index.ts';
import { flightsEndpoints, ok, openRuntime, tool } from './flights-runtime.ts';

// The entry file of a process that serves the test project over stdio, as the CLI would.
const runtime = await openRuntime([
  ...flightsEndpoints(),
  tool('slow', {}, async () => {
    await new Promise(resolve => setTimeout(resolve, 200));
    return ok('slow but sure');
  }),
]);
const server = serveMcpStdio(runtime, { serverInfo: { name: 'flights', version: '1.2.3' }, log: () => {} });
await server.closed;
process.stderr.write('closed\n');
