import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject } from '../support/make-project.ts';
import { type RunningServer, startServer } from '../support/program.ts';
import { type RoundRobin, startRoundRobin } from './support/round-robin.ts';
import { connectHttp } from './support/wire-client.ts';

const tool = (name: string, lines: string) => `mxcp: 1\ntool:\n  name: ${name}\n  description: Test.\n${lines}`;
const source = (name: string) => `  source: { file: ../typescript/seats.ts, function: ${name} }\n`;

/** Each replica has its own copy of the folder, with a database in memory. */
const files = {
  'mxcp-site.yml': `mxcp: 1
project: replicas
profile: default
profiles: { default: { duckdb: { path: ":memory:" } } }
mcp: { page_size: 2 }
`,
  'tools/add.yml': tool(
    'add',
    '  parameters: [{ name: a, type: integer }, { name: b, type: integer }]\n  source: { code: "SELECT $a + $b AS sum" }\n',
  ),
  'tools/book.yml': tool('book', `  parameters: [{ name: flight, type: string }]\n${source('book')}`),
  'tools/fail.yml': tool('fail', source('fail')),
  'tools/who.yml': tool('who', source('who')),
  'tools/zero.yml': tool('zero', '  source: { code: "SELECT 0 AS zero" }\n'),
  'typescript/seats.ts': `import { elicit, UserError } from 'mxcp-ts/runtime';

const text = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });

export async function book({ flight }: { flight: string }) {
  const name = await elicit('name', 'Your name?', text('name'));
  const seat = await elicit('seat', \`A seat for \${name.content.name}?\`, text('seat'));
  const meal = await elicit('meal', 'A meal?', text('meal'));
  return [flight, name.content.name, seat.content.seat, meal.content.meal, process.ppid].join(' ');
}

export function fail() {
  throw new UserError('No seats.');
}

export const who = () => process.ppid;
`,
};

const replicaCount = 3;
let servers: readonly RunningServer[] = [];
let balancer: RoundRobin;

async function start(args: readonly string[] = []): Promise<void> {
  const env = { MXCP_STATE_SECRET: 'the same on all replicas, and long enough' };
  const folders = Array.from({ length: replicaCount }, () => makeProject(files));
  servers = await Promise.all(folders.map(folder => startServer(folder, args, { env })));
  balancer = await startRoundRobin(servers.map(({ url }) => url));
}

beforeAll(() => start(['--stateless']), 120_000);
afterAll(async () => {
  await balancer.close();
  await Promise.all(servers.map(server => server.stop()));
}, 60_000);

test.each(['2026-07-28', '2025-11-25'] as const)(
  'a client of %s whose requests all go to different replicas sees one server',
  async revision => {
    const client = await connectHttp(balancer.url, revision, {});
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { result } = await client.request('tools/list', cursor === undefined ? {} : { cursor });
      names.push(...result.tools.map(({ name }: { name: string }) => name));
      cursor = result.nextCursor;
    } while (cursor !== undefined);
    expect(names).toEqual(['add', 'book', 'fail', 'who', 'zero']);

    const call = (name: string, args: object = {}) => client.request('tools/call', { name, arguments: args });
    const sums = await Promise.all([1, 2, 3, 4, 5, 6].map(a => call('add', { a, b: 10 })));
    expect(sums.map(({ result }) => JSON.parse(result.content[0].text))).toEqual(
      [11, 12, 13, 14, 15, 16].map(sum => [{ sum }]),
    );
    const pids = await Promise.all([1, 2, 3].map(async () => Number((await call('who')).result.content[0].text)));
    expect(pids.toSorted()).toEqual(servers.map(({ child }) => child.pid).toSorted());

    for (let replica = 0; replica < replicaCount; replica += 1) {
      expect((await call('fail')).result).toMatchObject({ isError: true, content: [{ text: 'No seats.' }] });
      expect((await call('nothing')).error).toMatchObject({ code: -32_602 });
    }
    expect(Math.max(...balancer.counts) - Math.min(...balancer.counts)).toBeLessThanOrEqual(1);
  },
);

test('a question in several rounds is asked by one replica and answered to another', async () => {
  const client = await connectHttp(balancer.url, '2026-07-28', { elicitation: { form: {} } });
  const before = [...balancer.counts];
  const call = (more: object = {}) =>
    client.request('tools/call', { name: 'book', arguments: { flight: 'LX1' }, ...more });
  const answers = { name: 'Ada', seat: '12A', meal: 'soup' };
  const asked: unknown[] = [];
  let { result } = await call();
  while (result.resultType === 'input_required') {
    const { inputRequests, requestState } = result;
    const [key = ''] = Object.keys(inputRequests);
    asked.push(inputRequests[key].params.message);
    const content = { [key]: answers[key as keyof typeof answers] };
    ({ result } = await call({ requestState, inputResponses: { [key]: { action: 'accept', content } } }));
  }
  expect(asked).toEqual(['Your name?', 'A seat for Ada?', 'A meal?']);
  const text: string = result.content[0].text;
  expect(text).toMatch(/^LX1 Ada 12A soup \d+$/);
  const rounds = balancer.counts.map((count, replica) => count - (before[replica] ?? 0));
  expect(rounds.toSorted()).toEqual([1, 1, 2]);
});
