import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient, type Generation, type TestClient } from '../support/clients.ts';
import { makeProject } from '../support/make-project.ts';
import { type RunningServer, startServer } from '../support/program.ts';

/** One row: NULL, 2^53 + 1, a decimal with more digits than a double holds, and one whose last digits are zeros. */
const columns = `NULL::INTEGER AS nothing, 9007199254740993::BIGINT AS big,
        1234567890123456.7891::DECIMAL(20,4) AS precise, 12.5000::DECIMAL(20,4) AS plain`;

const sqlTool = (name: string, returns: string) => `mxcp: 1
tool:
  name: ${name}
  description: Test.
  return: ${returns}
  source:
    code: |
      SELECT ${columns}
`;
const codeTool = (name: string, language: string, file: string) => `mxcp: 1
tool:
  name: ${name}
  description: Test.
  language: ${language}
  return: ${asText}
  source: { file: ../${file}, function: values }
`;

const object = (types: string) => `{ type: object, required: [big, precise, plain], properties: { ${types} } }`;
const asText = object(
  'nothing: { type: integer }, big: { type: string }, precise: { type: string }, plain: { type: string }',
);
const asInteger = object(
  'nothing: { type: integer }, big: { type: integer }, precise: { type: string }, plain: { type: number }',
);
const asNumber = object(
  'nothing: { type: integer }, big: { type: string }, precise: { type: number }, plain: { type: number }',
);

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(
    makeProject({
      'tools/text.yml': sqlTool('text', asText),
      'tools/integer.yml': sqlTool('integer', asInteger),
      'tools/number.yml': sqlTool('number', asNumber),
      'tools/undeclared.yml': sqlTool('undeclared', '').replace('  return: \n', ''),
      'tools/py.yml': codeTool('py', 'python', 'python/values.py'),
      'tools/ts.yml': codeTool('ts', 'typescript', 'values.ts'),
      'python/values.py': `from mxcp.runtime import db

def values():
    return db.execute("""SELECT ${columns}""")
`,
      'values.ts': `import { db } from 'mxcp-ts/runtime';
export const values = async () => ({ ...(await db.execute(\`SELECT ${columns}\`))[0], plain: '12.5000' });
`,
    }),
  );
});
afterAll(async () => {
  await server.stop();
});

describe.each<Generation>(['v1', 'v2', 'v2 of 2026'])('to a client of SDK %s', generation => {
  let client: TestClient;
  beforeAll(async () => {
    client = await connectClient(generation, { url: server.url });
    await client.listTools();
  });
  afterAll(() => client.close());

  const exact = { nothing: null, big: '9007199254740993', precise: '1234567890123456.7891', plain: '12.5000' };

  test.each(['text', 'py', 'ts'])('%s gives the exact text of every number declared as string', async name => {
    const answer = await client.callTool(name);
    expect(answer).toEqual({ isError: false, text: JSON.stringify(exact), structured: exact });
  });

  test.each([
    ['integer', '/big is a BIGINT in column "big"'],
    ['number', '/precise is a DECIMAL(20,4) in column "precise"'],
  ])('a number that would lose digits as %s is an error that names the column', async (name, problem) => {
    const { isError, text } = await client.callTool(name);
    expect(isError).toBe(true);
    expect(text).toContain(`${problem} with more digits than a JSON number can hold`);
  });

  test('undeclared numbers are numbers when exact, else text', async () => {
    const { text } = await client.callTool('undeclared');
    expect(JSON.parse(text)).toEqual([
      { nothing: null, big: '9007199254740993', precise: '1234567890123456.7891', plain: 12.5 },
    ]);
  });
});
