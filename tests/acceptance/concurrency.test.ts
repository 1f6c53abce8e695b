import { expect, test } from 'vitest';
import { connectClient } from '../support/clients.ts';
import { makeProject } from '../support/make-project.ts';
import { runProgram, startServer } from '../support/program.ts';

const site = 'mxcp: 1\nproject: test\nprofile: default\nduckdb: { setup: [sql/setup.sql] }\n';
const bump = `mxcp: 1
tool:
  name: bump
  description: Test.
  source:
    code: |
      INSERT INTO counters VALUES ('key', 1)
      ON CONFLICT (name) DO UPDATE SET n = n + 1
`;

test('32 callers upsert one key 100 times each without a failure, while a second shell queries', async () => {
  const folder = makeProject({
    'mxcp-site.yml': site,
    'sql/setup.sql': 'CREATE TABLE counters (name VARCHAR PRIMARY KEY, n INTEGER);',
    'tools/bump.yml': bump,
  });
  const server = await startServer(folder);
  try {
    const client = await connectClient('v2 of 2026', { url: server.url });
    const callers = Array.from({ length: 32 }, async () => {
      for (let turn = 0; turn < 100; turn += 1) {
        const answer = await client.callTool('bump');
        expect(answer.isError, answer.text).toBe(false);
      }
    });
    const meanwhile = await runProgram(['query', '-C', folder, '--json', 'SELECT count(*) AS n FROM counters']);
    expect(JSON.parse(meanwhile.stdout)).toMatchObject({ status: 'ok', result: [{ n: expect.any(Number) }] });
    await Promise.all(callers);
    const query = await runProgram(['query', '-C', folder, '--json', 'SELECT n FROM counters']);
    expect(JSON.parse(query.stdout)).toEqual({ status: 'ok', result: [{ n: 3200 }] });
    await client.close();
  } finally {
    await server.stop();
  }
}, 120_000);
