// Drives this example with a real client over stdio, then over HTTP: every tool, every resource, the prompt. Exits
// non-zero when an answer is wrong. The database is made in a temporary folder, so this one stays as it is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const folder = fileURLToPath(new URL('.', import.meta.url));
// In the repository the CLI is two folders up; in a copy of this folder it is the installed package.
const inRepository = fileURLToPath(new URL('../../cli/bin/mxcp-ts.js', import.meta.url));
const program = existsSync(inRepository) ? inRepository : join(folder, 'node_modules/mxcp-ts/bin/mxcp-ts.js');
const scratch = mkdtempSync(join(tmpdir(), 'mxcp-flights-'));

try {
  await overStdio(join(scratch, 'stdio.duckdb'));
  await overHttp(join(scratch, 'http.duckdb'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function overStdio(database) {
  const client = newClient();
  const args = [program, 'serve', '-C', folder, '--transport', 'stdio'];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env: environmentOf(database), stderr: 'inherit' }),
  );
  await checkAll(client, 'stdio');
}

async function overHttp(database) {
  const port = await freePort();
  const args = [program, 'serve', '-C', folder, '--port', String(port)];
  const server = spawn(process.execPath, args, {
    env: environmentOf(database),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    await readiness(`http://127.0.0.1:${port}/health/ready`, server);
    const client = newClient();
    await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)));
    await checkAll(client, 'http');
  } finally {
    server.kill('SIGTERM');
  }
  const [code] = await ended;
  assert.equal(code, 0, 'the server ends with 0 on SIGTERM');
}

/** One whose user can be asked. */
function newClient() {
  return new Client({ name: 'flights-check', version: '1.0.0' }, { capabilities: { elicitation: { form: {} } } });
}

async function checkAll(client, transport) {
  try {
    await checkLists(client);
    await checkSql(client);
    await checkWatches(client);
    await checkTypeScript(client);
    await checkPython(client);
    await checkSqlPack(client);
    await checkResources(client);
    await checkPrompt(client);
  } finally {
    await client.close();
  }
  console.log(`examples/flights over ${transport}: all answers as expected`);
}

async function checkLists(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    [
      'compare_airports',
      'day_report',
      'delay_statistics',
      'delays_by_airport',
      'execute_sql_query',
      'find_flights',
      'get_table_schema',
      'great_circle_route',
      'list_tables',
      'list_watches',
      'search_airports',
      'unwatch_route',
      'watch_route',
    ],
  );
  for (const tool of tools) {
    assert.ok(tool.title && tool.description && tool.annotations && tool.outputSchema, `${tool.name} is described`);
  }
}

async function checkSql(client) {
  const [chicago, midway] = await call(client, 'search_airports', { text: 'chicago', limit: 2 });
  assert.deepEqual(
    [chicago.code, chicago.name, chicago.state, chicago.departures, midway.code],
    ['ORD', "Chicago O'Hare International", 'IL', 1095, 'MDW'],
  );
  assert.deepEqual(await call(client, 'search_airports', { text: 'atlantis' }), []);
  assert.deepEqual(await call(client, 'delays_by_airport', { state: 'CA', limit: 1 }), [
    {
      code: 'SMF',
      city: 'Sacramento',
      departures: 121,
      mean_delay: 13.1,
      median_delay: 4,
      on_time_percent: 73.6,
      worst_delay: 273,
    },
  ]);
  assert.deepEqual(await call(client, 'find_flights', { origin: 'SFO', min_delay: 180, limit: 1 }), [
    { departure: '2001-01-10T17:07:00', origin: 'SFO', destination: 'DEN', delay: 203, distance: 967 },
  ]);
  assert.equal((await call(client, 'find_flights', { day: '2001-02-14', limit: 200 })).length, 200);
  const wrong = await client.callTool({ name: 'find_flights', arguments: { origin: 'San Francisco', limit: 0 } });
  assert.equal(wrong.isError, true);
  assert.match(wrong.content[0].text, /\/origin[\s\S]*\/limit/, 'every problem of the arguments is named');
}

async function checkWatches(client) {
  assert.deepEqual(await call(client, 'list_watches'), []);
  const route = { origin: 'LAX', destination: 'LAS' };
  await call(client, 'watch_route', { ...route, note: 'the weekend trip' });
  assert.deepEqual(await call(client, 'watch_route', { ...route, threshold: 60 }), {
    ...route,
    threshold: 60,
    note: null,
  });
  assert.deepEqual(await call(client, 'list_watches'), [{ ...route, threshold: 60, note: null, flights: 56, late: 4 }]);
  assert.equal(await call(client, 'watch_route', { origin: 'LAX', destination: 'ZZZZ' }), null);
  await checkQuestion(client, route);
}

/** The tool that deletes asks first, and whoever looks at the list is told. */
async function checkQuestion(client, route) {
  const changed = new Promise((resolve, reject) => {
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri));
    setTimeout(() => reject(new Error('Nobody was told that the watch list has changed.')), 30_000).unref();
  });
  await client.subscribeResource({ uri: 'flights://watches' });
  const question = 'Take LAX to LAS off the watch list, with its note?';
  const remove = answer => {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      assert.equal(params.message, question);
      return answer;
    });
    return client.callTool({ name: 'unwatch_route', arguments: route });
  };
  assert.equal((await remove({ action: 'decline' })).content[0].text, 'The user declined.');
  assert.equal((await remove({ action: 'accept', content: { remove: false } })).content[0].text, 'null');
  assert.deepEqual(await read(client, 'flights://watches'), [{ ...route, threshold: 60, note: null }]);
  const removed = await remove({ action: 'accept', content: { remove: true } });
  assert.deepEqual(JSON.parse(removed.content[0].text), { ...route, threshold: 60, note: null });
  assert.equal(await changed, 'flights://watches');
  assert.deepEqual(await read(client, 'flights://watches'), []);
}

async function checkTypeScript(client) {
  assert.deepEqual(await call(client, 'great_circle_route', { origin: 'SFO', destination: 'JFK', steps: 2 }), {
    distance_km: 4151.8,
    distance_miles: 2579.8,
    initial_bearing: 69.8,
    points: [
      { latitude: 37.619, longitude: -122.3748 },
      { latitude: 41.7507, longitude: -98.6317 },
      { latitude: 40.6398, longitude: -73.7789 },
    ],
  });
  const unknown = await client.callTool({
    name: 'great_circle_route',
    arguments: { origin: 'SFO', destination: 'ZZZZ' },
  });
  assert.equal(unknown.isError, true);
  assert.match(unknown.content[0].text, /no airport with the code ZZZZ/);
  const { first, second, more_punctual, shared_destinations } = await call(client, 'compare_airports', {
    first: 'OAK',
    second: 'SFO',
  });
  assert.deepEqual([first.airport.city, first.mean_delay, first.on_time_percent], ['Oakland', 9.2, 81.7]);
  assert.deepEqual([second.airport.city, second.mean_delay, second.on_time_percent], ['San Francisco', 8.6, 76.5]);
  assert.equal(more_punctual, 'OAK');
  assert.equal(
    shared_destinations.join(' '),
    'BUR DEN DFW EWR GEG HNL IAH LAS LAX ONT ORD PDX PHX RNO SAN SEA SLC SNA',
  );
}

async function checkPython(client) {
  assert.deepEqual(await call(client, 'delay_statistics', { origin: 'LAX', destination: 'PHX' }), {
    flights: 59,
    mean: 9.17,
    median: 2,
    standard_deviation: 26.96,
    quartiles: [-7, 2, 13.5],
    on_time_percent: 76.3,
  });
  assert.equal((await call(client, 'delay_statistics')).flights, 20000);
  assert.equal(await call(client, 'delay_statistics', { origin: 'LAX', destination: 'LAX' }), null);
  assert.deepEqual(await call(client, 'day_report', { day: '2001-02-14' }), {
    day: '2001-02-14',
    flights: 225,
    mean_delay: 16.5,
    compared_to_average: 8.8,
    busiest_hour: 20,
    worst_airport: { code: 'STL', flights: 9, mean_delay: 47.4 },
    longest_delay: { origin: 'DFW', destination: 'ATL', delay: 152 },
  });
}

async function checkSqlPack(client) {
  assert.deepEqual(await call(client, 'list_tables'), [
    { name: 'airport_traffic', type: 'VIEW' },
    { name: 'airports', type: 'BASE TABLE' },
    { name: 'flights', type: 'BASE TABLE' },
    { name: 'watches', type: 'BASE TABLE' },
  ]);
  const [code, name] = await call(client, 'get_table_schema', { table_name: 'airports' });
  assert.deepEqual(code, { name: 'code', type: 'VARCHAR', nullable: 'NO' });
  assert.equal(name.name, 'name');
  assert.deepEqual(await call(client, 'get_table_schema', { table_name: 'nowhere' }), []);
  const sql = 'SELECT origin, count(*) AS flights FROM flights GROUP BY origin ORDER BY flights DESC LIMIT 1';
  assert.deepEqual(await call(client, 'execute_sql_query', { sql }), [{ origin: 'DFW', flights: 1103 }]);
  for (const refused of ['DROP TABLE flights', "FROM read_csv('data/airports.csv')", "FROM 'data/airports.csv'"]) {
    const answer = await client.callTool({ name: 'execute_sql_query', arguments: { sql: refused } });
    assert.equal(answer.isError, true, `${refused} is refused`);
  }
}

async function checkResources(client) {
  const { resources } = await client.listResources();
  assert.deepEqual(
    resources.map(({ uri }) => uri),
    ['flights://summary', 'flights://watches'],
  );
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.deepEqual(
    resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    ['flights://airports/{code}'],
  );
  assert.deepEqual(await read(client, 'flights://summary'), {
    flights: 20000,
    airports: 220,
    routes: 2977,
    first_day: '2001-01-01',
    last_day: '2001-03-31',
    mean_delay: 7.7,
    on_time_percent: 77.2,
  });
  assert.deepEqual(await read(client, 'flights://airports/SFO'), {
    code: 'SFO',
    name: 'San Francisco International',
    city: 'San Francisco',
    state: 'CA',
    country: 'USA',
    latitude: 37.61900194,
    longitude: -122.3748433,
    departures: 388,
  });
}

async function checkPrompt(client) {
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'trip_briefing' },
    argument: { name: 'origin', value: 'san' },
  });
  assert.deepEqual(completion.values.slice(0, 3), ['San Francisco', 'San Diego', 'San Jose']);
  const { messages } = await client.getPrompt({
    name: 'trip_briefing',
    arguments: { origin: 'Oakland ', destination: 'Reno', day: '2001-03-01', topics: '["Where to eat"]' },
  });
  assert.deepEqual(
    messages.map(({ role }) => role),
    ['user', 'assistant'],
  );
  const [question, answer] = messages.map(({ content }) => content.text);
  assert.match(question, /^I want to fly from Oakland to Reno on 2001-03-01\.\n\n.* in 4 short paragraphs:\n1\. /);
  assert.match(question, /\(compare_airports\)\.\n4\. Where to eat\n\nThe data is a sample of early 2001: say so\.$/);
  assert.equal(answer, 'I will look up the airports for Oakland and Reno first.');
}

/** What a tool gives: its structured content, which is identical to its text. */
async function call(client, name, args = {}) {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: args });
  assert.notEqual(isError, true, `${name} fails: ${content[0]?.text}`);
  const value = JSON.parse(content[0].text);
  const isWrapped = structuredContent !== undefined && !('result' in Object(value)) && 'result' in structuredContent;
  assert.deepEqual(isWrapped ? structuredContent.result : structuredContent, value);
  return value;
}

async function read(client, uri) {
  const { contents } = await client.readResource({ uri });
  assert.equal(contents[0].mimeType, 'application/json');
  return JSON.parse(contents[0].text);
}

function environmentOf(database) {
  return { ...process.env, MXCP_DUCKDB_PATH: database };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise(resolve => probe.close(resolve));
  return port;
}

async function readiness(url, server) {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
    if (server.exitCode !== null) throw new Error(`The server ended with code ${server.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('The server is not ready after a minute.');
}
