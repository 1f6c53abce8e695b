import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { connectClient, type Generation, type TestClient } from '../support/clients.ts';
import { makeFolder } from '../support/make-project.ts';
import { startServer } from '../support/program.ts';

const flights = fileURLToPath(new URL('../../examples/flights', import.meta.url));

/** A copy each, because two servers cannot have one database open together. */
function copyOfFlights(): string {
  const folder = join(makeFolder(), 'flights');
  cpSync(flights, folder, { recursive: true, filter: path => !/node_modules|\.duckdb(\.wal)?$/.test(path) });
  return folder;
}

describe.each<Generation>(['v1', 'v2', 'v2 of 2026'])('a client of SDK %s', generation => {
  test('uses tools of all three languages, the resources and the prompt over stdio', async () => {
    const client = await connectClient(generation, { folder: copyOfFlights() });
    try {
      await expectFlights(client);
    } finally {
      await client.close();
    }
  });

  test('does the same over HTTP', async () => {
    const server = await startServer(copyOfFlights());
    try {
      const client = await connectClient(generation, { url: server.url });
      await expectFlights(client);
      await client.close();
    } finally {
      await server.stop();
    }
  });
});

async function expectFlights(client: TestClient): Promise<void> {
  const tools = (await client.listTools()).map(({ name }) => name);
  expect(tools).toEqual(expect.arrayContaining(['search_airports', 'great_circle_route', 'delay_statistics']));

  const airports = await client.callTool('search_airports', { text: 'San Francisco' });
  expect(airports.isError, airports.text).toBe(false);
  expect(JSON.parse(airports.text)).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: 'SFO', city: 'San Francisco', state: 'CA' })]),
  );
  expect(unwrap(airports.structured)).toEqual(JSON.parse(airports.text));

  const route = await client.callTool('great_circle_route', { origin: 'SFO', destination: 'JFK' });
  expect(route.isError, route.text).toBe(false);
  expect(JSON.parse(route.text)).toEqual(unwrap(route.structured));

  const delays = await client.callTool('delay_statistics', { origin: 'SFO' });
  expect(delays.isError, delays.text).toBe(false);
  expect(JSON.parse(delays.text)).toEqual(unwrap(delays.structured));

  expect(await client.listResources()).toEqual(['flights://summary', 'flights://watches']);
  expect(JSON.parse(await client.readText('flights://summary'))).toMatchObject({ flights: 20_000 });
  expect(await client.listTemplates()).toEqual(['flights://airports/{code}']);
  expect(JSON.parse(await client.readText('flights://airports/SFO'))).toMatchObject({ code: 'SFO' });

  const messages = await client.getPrompt('trip_briefing', { origin: 'SFO', destination: 'JFK' });
  expect(messages[0]).toMatch(/^user: I want to fly from SFO to JFK\.\n/);
  expect(messages[1]).toBe('assistant: I will look up the airports for SFO and JFK first.');
}

/** The 2025 revisions know objects only, so the SDK wraps what may be something else for them. */
function unwrap(structured: unknown): unknown {
  const isWrapped =
    typeof structured === 'object' && structured !== null && Object.keys(structured).join() === 'result';
  return isWrapped ? Object.values(structured)[0] : structured;
}
