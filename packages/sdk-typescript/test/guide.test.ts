import { readFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { type RunningServer, startServer } from '../../../tests/support/program.ts';

const page = readFileSync(new URL('../../../docs/guides/content-and-questions.md', import.meta.url), 'utf8');
const files = Object.fromEntries(
  [...page.matchAll(/^```\w+\n(?:#|--|\/\/) (\S+)\n.*?^```$/gms)].map(([block, path = '']) => [
    path,
    block.replace(/^.*\n/, '').replace(/```$/, ''),
  ]),
);

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(makeProject(files));
});
afterAll(() => server.stop());

const eras = [
  ['2026-07-28', { pin: '2026-07-28' }],
  ['2025-11-25', 'legacy'],
] as const;
const languages = ['', '_in_python'] as const;
const each = eras.flatMap(([era, mode]) =>
  languages.map(suffix => [`${era}, handlers in ${suffix === '' ? 'TypeScript' : 'Python'}:`, mode, suffix] as const),
);

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

type Mode = (typeof eras)[number][1];

/** A client that can do everything, and notes what it is asked. */
async function connect(mode: Mode, payment: 'accept' | 'decline' = 'accept') {
  const capabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
  const asked: string[] = [];
  client.setRequestHandler('elicitation/create', ({ params }) => {
    asked.push(params.message);
    return params.mode === 'url' ? { action: payment } : { action: 'accept', content: { euros: 5, name: 'Ada' } };
  });
  client.setRequestHandler('sampling/createMessage', ({ params: { systemPrompt, maxTokens, messages } }) => {
    asked.push(JSON.stringify({ systemPrompt, maxTokens, messages }));
    return { role: 'assistant' as const, content: { type: 'text' as const, text: 'Dots.' }, model: 'm1' };
  });
  client.setRequestHandler('roots/list', () => {
    asked.push('roots');
    return { roots: [{ uri: 'file:///work' }] };
  });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  onTestFinished(() => client.close());
  return { client, asked };
}

test.each(each)('%s a value comes with its picture', async (_era, mode, suffix) => {
  const { client } = await connect(mode);
  const painting = async (id: number) => {
    const { content, structuredContent } = await client.callTool({ name: `painting${suffix}`, arguments: { id } });
    return { content, structuredContent };
  };
  const link = (id: number, name: string) => ({ type: 'resource_link', uri: `gallery://paintings/${id}`, name });
  const [first, second] = [await painting(1), await painting(2)];
  expect(first.structuredContent).toEqual({ title: 'Nighthawks', year: 1942 });
  expect(first.content).toEqual(
    expect.arrayContaining([{ type: 'image', data: png, mimeType: 'image/png' }, link(1, 'Nighthawks')]),
  );
  expect(second.structuredContent).toEqual({ title: 'Mountains and Sea', year: 1952 });
  expect(second.content).toEqual(
    expect.arrayContaining([{ type: 'text', text: 'There is no picture of it.' }, link(2, 'Mountains and Sea')]),
  );
});

test.each(each)('%s question after question is answered', async (_era, mode, suffix) => {
  const resultOf = async ({ client }: { readonly client: Client }) => {
    const { structuredContent } = await client.callTool({ name: `donate${suffix}`, arguments: {} });
    return structuredContent;
  };
  // Clients of 2025 know objects only.
  const structured = (text: string) => (mode === 'legacy' ? { result: text } : text);
  const willing = await connect(mode);
  expect(await resultOf(willing)).toEqual(structured('Ada gives 5 euros.'));
  expect(willing.asked).toEqual(['How much would you like to give?', 'Please pay 5 euros.']);
  expect(await resultOf(await connect(mode, 'decline'))).toEqual(structured('Nothing was given.'));
});

test.each(each)('%s several questions are answered at once', async (_era, mode, suffix) => {
  const { client, asked } = await connect(mode);
  const { structuredContent } = await client.callTool({
    name: `describe${suffix}`,
    arguments: { style: 'pointillism' },
  });
  expect(structuredContent).toEqual({ text: 'Dots.', folders: ['file:///work'] });
  expect([...asked].sort()).toEqual(
    [
      'roots',
      JSON.stringify({
        systemPrompt: 'Answer in one sentence.',
        maxTokens: 100,
        messages: [{ role: 'user', content: { type: 'text', text: 'What is pointillism?' } }],
      }),
    ].sort(),
  );
});

test.each(each)('%s prompts and completions have handlers', async (_era, mode, suffix) => {
  const { client } = await connect(mode);
  const name = `tour${suffix}`;
  const { messages } = await client.getPrompt({ name, arguments: { painter: 'Edward Hopper' } });
  expect(messages).toEqual([
    { role: 'user', content: { type: 'text', text: 'Guide me through the works of Edward Hopper.' } },
    { role: 'user', content: { type: 'resource_link', uri: 'gallery://paintings/1', name: 'Nighthawks' } },
  ]);
  const ref = { type: 'ref/prompt' as const, name };
  const { completion } = await client.complete({ ref, argument: { name: 'painter', value: 'he' } });
  expect(completion.values).toEqual(['Helen Frankenthaler']);
});

test.each(eras)('a client of %s gets the bytes of a resource and of SQL', async (_era, mode) => {
  const { client } = await connect(mode);
  const { contents } = await client.readResource({ uri: 'gallery://paintings/1' });
  expect(contents).toEqual([{ uri: 'gallery://paintings/1', mimeType: 'image/png', blob: png }]);
  const { content } = await client.callTool({ name: 'picture', arguments: { id: 1 } });
  expect(content).toEqual([{ type: 'image', data: png, mimeType: 'image/png' }]);
});

test.each(eras)('a client of %s that can answer nothing is told so', async (_era, mode) => {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  onTestFinished(() => client.close());
  for (const suffix of languages) {
    const refusal = await client.callTool({ name: `donate${suffix}`, arguments: {} }).catch(String);
    expect(refusal).toContain('The call needs a client that can ask its user (elicitation).');
  }
});
