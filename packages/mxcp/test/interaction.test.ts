import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { type RunningServer, startServer } from '../../../tests/support/program.ts';

const files = {
  'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\nduckdb: { setup: setup.sql }\n',
  'setup.sql': `CREATE OR REPLACE TABLE seats (flight VARCHAR, who VARCHAR, seats INTEGER, aisle BOOLEAN);
    CREATE OR REPLACE TABLE cities AS FROM (VALUES ('AT', 'Graz'), ('AT', 'Linz'), ('DE', 'Gera')) AS c(country, city);`,
  'data/notes.txt': 'one\n',
  'tools/book.yml': `mxcp: 1
tool:
  name: book
  description: Books seats.
  parameters: [{ name: flight, type: string, description: Which. }]
  elicit:
    message: How many seats on {{ flight | upper }}?
    fields:
      - { name: seats, type: integer, minimum: 1, maximum: 9 }
      - { name: who, type: string, enum: [ann, bob], default: ann }
      - { name: aisle, type: boolean, default: true }
  source:
    code: |
      INSERT INTO seats VALUES ($flight, $who, $seats, $aisle) RETURNING *
`,
  'resources/seats.yml': `mxcp: 1
resource:
  uri: test://seats/{flight}
  description: Who sits where.
  parameters: [{ name: flight, type: string, description: Which., complete: { code: "SELECT DISTINCT flight FROM seats" } }]
  source: { code: "SELECT count(*) AS n FROM seats WHERE flight = $flight" }
  changes: [{ table: seats }]
`,
  'resources/notes.yml': `mxcp: 1
resource:
  uri: test://notes
  description: Notes.
  source: { code: "SELECT content FROM read_text('data/notes.txt')" }
  changes: [{ file: ../data/notes.txt }]
`,
  'prompts/trip.yml': `mxcp: 1
prompt:
  name: trip
  description: Plans a trip.
  parameters:
    - { name: country, type: string, complete: [Austria, Germany, Hungary] }
    - name: city
      type: string
      complete: { code: "SELECT city FROM cities WHERE city ILIKE $value || '%' AND country = coalesce($country, country) ORDER BY ALL" }
    - { name: season, type: string, enum: [summer, winter] }
  messages:
    - { role: user, prompt: "A trip to {{ city }} in {{ season }}." }
    - { role: user, resource: { uri: "test://cities/{{ city }}", mime_type: text/plain, text: "{{ city }}, {{ country }}" } }
    - { role: user, link: { uri: "test://seats/{{ city | lower }}", name: Seats } }
`,
};

let root: string;
let server: RunningServer;
beforeAll(async () => {
  root = makeProject(files);
  server = await startServer(root);
});
afterAll(() => server.stop());

const eras = [
  ['2026-07-28', { pin: '2026-07-28' }],
  ['2025-11-25', 'legacy'],
] as const;

type Answer = { action: 'accept'; content: Record<string, string | number | boolean> } | { action: 'decline' };

/** A client whose user answers so; `asked` is what it was asked, `updated` which resources were said to have changed. */
async function connect(mode: 'legacy' | { pin: string }, answer?: Answer) {
  const capabilities = answer === undefined ? {} : { elicitation: { form: {} } };
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
  const asked: unknown[] = [];
  const updated: string[] = [];
  if (answer !== undefined) {
    client.setRequestHandler('elicitation/create', ({ params: { _meta, ...params } }) => {
      asked.push(params);
      return answer;
    });
  }
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void updated.push(params.uri));
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  onTestFinished(() => client.close());
  return { client, asked, updated };
}

const textOf = ({ content }: { content?: unknown }) => (content as readonly { text: string }[])[0]?.text;

test.each(eras)('a client of %s is asked before SQL runs', async (_era, mode) => {
  const { client, asked } = await connect(mode, { action: 'accept', content: { seats: 2, aisle: false } });
  const result = await client.callTool({ name: 'book', arguments: { flight: 'lx1' } });
  expect(JSON.parse(textOf(result) ?? '')).toEqual([{ flight: 'lx1', who: 'ann', seats: 2, aisle: false }]);
  expect(asked).toEqual([
    {
      mode: 'form',
      message: 'How many seats on LX1?',
      requestedSchema: {
        type: 'object',
        properties: {
          seats: { type: 'integer', minimum: 1, maximum: 9 },
          who: { type: 'string', enum: ['ann', 'bob'], default: 'ann' },
          aisle: { type: 'boolean', default: true },
        },
        required: ['seats'],
      },
    },
  ]);
});

test.each(eras)(
  'SQL does not run when the user of a client of %s declines, or has no way to answer',
  async (_era, mode) => {
    const declining = await connect(mode, { action: 'decline' });
    const result = await declining.client.callTool({ name: 'book', arguments: { flight: 'none' } });
    expect([result.isError, textOf(result)]).toEqual([true, 'The user declined.']);
    const mute = await connect(mode);
    const refusal = await mute.client.callTool({ name: 'book', arguments: { flight: 'none' } }).catch(error => error);
    expect(String(refusal)).toContain('The call needs a client that can ask its user (elicitation).');
    const { contents } = await mute.client.readResource({ uri: 'test://seats/none' });
    expect(contents[0]).toMatchObject({ text: expect.stringMatching(/"n": ?0/) });
  },
);

test.each(eras)('a client of %s that watches hears of tables and files', async (_era, mode) => {
  const { client, updated } = await connect(mode, { action: 'accept', content: { seats: 1 } });
  const uris = ['test://seats/a', 'test://seats/b', 'test://notes'];
  if (mode === 'legacy') for (const uri of uris) await client.subscribeResource({ uri });
  else await client.listen({ resourceSubscriptions: uris });
  await client.callTool({ name: 'book', arguments: { flight: 'zz' } });
  await vi.waitFor(() => expect([...updated].sort()).toEqual(['test://seats/a', 'test://seats/b']), {
    timeout: 10_000,
  });
  appendFileSync(join(root, 'data/notes.txt'), 'more\n');
  await vi.waitFor(() => expect(updated.slice(2)).toEqual(['test://notes']), { timeout: 10_000 });
});

test.each(eras)('a client of %s completes from a list, from SQL and from an enum', async (_era, mode) => {
  const { client } = await connect(mode);
  const ref = { type: 'ref/prompt', name: 'trip' } as const;
  const complete = async (name: string, value: string, known: Record<string, string> = {}) =>
    (await client.complete({ ref, argument: { name, value }, context: { arguments: known } })).completion.values;
  expect(await complete('country', 'g')).toEqual(['Germany', 'Hungary']);
  expect(await complete('season', 'w')).toEqual(['winter']);
  expect(await complete('city', 'g')).toEqual(['Gera', 'Graz']);
  expect(await complete('city', 'g', { country: 'AT', season: 'summer' })).toEqual(['Graz']);
});

test.each(eras)('a client of %s gets messages that are no texts', async (_era, mode) => {
  const { client } = await connect(mode);
  const args = { country: 'AT', city: 'Graz', season: 'summer' };
  const { messages } = await client.getPrompt({ name: 'trip', arguments: args });
  expect(messages.map(({ content }) => content)).toEqual([
    { type: 'text', text: 'A trip to Graz in summer.' },
    { type: 'resource', resource: { uri: 'test://cities/Graz', mimeType: 'text/plain', text: 'Graz, AT' } },
    { type: 'resource_link', uri: 'test://seats/graz', name: 'Seats' },
  ]);
});
