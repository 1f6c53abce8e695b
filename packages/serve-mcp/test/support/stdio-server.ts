import { serveMcpStdio } from '../../src/index.ts';
import { flightsEndpoints, ok, openRuntime, tool } from './flights-runtime.ts';
import { reloader, talkingEndpoints } from './talking-endpoints.ts';

// The entry file of a process that serves a test project over stdio, as the CLI would. `talking` names the other one.
const isTalking = process.argv[2] === 'talking';
const runtime = await openRuntime(isTalking ? [...talkingEndpoints(), reload()] : [...flightsEndpoints(), slow()]);
const server = serveMcpStdio(runtime, { serverInfo: { name: 'flights', version: '1.2.3' }, log: () => {} });
await server.closed;
process.stderr.write('closed\n');

function reload() {
  return reloader(
    () => runtime,
    () => flightsEndpoints(),
  );
}

function slow() {
  return tool('slow', {}, async () => {
    await new Promise(resolve => setTimeout(resolve, 200));
    return ok('slow but sure');
  });
}
