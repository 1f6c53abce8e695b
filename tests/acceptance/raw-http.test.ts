import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject } from '../support/make-project.ts';
import { type RunningServer, startServer } from '../support/program.ts';

const tool = (name: string) => `mxcp: 1
tool:
  name: ${name}
  description: Test.
  language: typescript
  source: { file: ../odd.ts }
`;

let server: RunningServer;

beforeAll(async () => {
  const folder = makeProject({
    'tools/big.yml': tool('big'),
    'tools/cyclic.yml': tool('cyclic'),
    'odd.ts': `export const big = () => ({ n: 12345678901234567890n, small: 7n });
export function cyclic() { const a: Record<string, unknown> = {}; a['self'] = a; return a; }
`,
  });
  server = await startServer(folder);
});

afterAll(async () => {
  await server.stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

function post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      server.url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      },
      incoming => {
        let text = '';
        incoming.setEncoding('utf8').on('data', chunk => {
          text += chunk;
        });
        incoming.on('end', () => resolve({ status: incoming.statusCode, body: text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const call = (name: string, headers: Record<string, string> = {}) =>
  post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {}, _meta: meta } }), {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': name,
    ...headers,
  });

test('a foreign Host is refused with 421', async () => {
  expect((await call('big', { host: 'evil.example' })).status).toBe(421);
});

test.each(['https://evil.example', 'null'])('the Origin %s is refused with 403', async origin => {
  expect((await call('big', { origin })).status).toBe(403);
});

test('a body of 5 MiB is refused with 413', async () => {
  expect((await post(JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) }))).status).toBe(413);
});

test('an unknown protocol version is refused with 400 and the versions that are known', async () => {
  const answer = await call('big', { 'mcp-protocol-version': '2031-01-01' });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('2026-07-28');
});

test('a BigInt that JSON numbers cannot hold arrives as its exact text', async () => {
  const { status, body } = await call('big');
  expect(status).toBe(200);
  expect(JSON.parse(body).result.content).toEqual([{ type: 'text', text: '{"n":"12345678901234567890","small":7}' }]);
});

test('a cyclic result is an error of the tool, not silence', async () => {
  const { status, body } = await call('cyclic');
  expect(status).toBe(200);
  expect(JSON.parse(body).result).toMatchObject({ isError: true });
});
