import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../support/program.ts';
import { type AskedClient, connectAsked, hearing } from './support/asked-client.ts';
import { flavors, makeQuestionsProject } from './support/questions-project.ts';
import { startWired, type WireMessage } from './support/wire-client.ts';

const patience = { timeout: 10_000, interval: 20 };
const accept = (content: object) => ({ action: 'accept', content });
const willing = (message: string) => accept(message === 'Who?' ? { name: 'Ada' } : { seat: '12A' });

describe.each([
  ['http', '2026-07-28'],
  ['http', '2025-11-25'],
  ['stdio', '2026-07-28'],
  ['stdio', '2025-11-25'],
] as const)('over %s, %s', (transport, revision) => {
  let folder: string;
  let server: RunningServer | undefined;
  let asking: AskedClient;
  let answer: (message: string) => object = willing;
  let keys = 0;

  beforeAll(async () => {
    folder = makeQuestionsProject();
    server = transport === 'http' ? await startServer(folder) : undefined;
    const where = server === undefined ? { folder } : { url: server.url };
    asking = await connectAsked(where, revision, message => answer(message));
  });
  afterAll(async () => {
    await asking.client.close();
    await server?.stop();
  });
  afterEach(() => {
    answer = willing;
    for (const heard of [asking.asked, asking.logs, asking.updated]) heard.length = 0;
  });

  const call = async (
    name: string,
    args: Record<string, unknown> = {},
    onprogress: (step: { progress: number }) => void = () => {},
  ) => {
    const params = { name, arguments: args, ...hearing(revision) };
    const { content, isError } = await asking.client.callTool(params, { onprogress });
    const [block] = content;
    const text = block?.type === 'text' ? block.text : '';
    return isError === true ? `error: ${text}` : JSON.parse(text.startsWith('{') ? text : JSON.stringify(text));
  };
  const newKey = () => {
    keys += 1;
    return `${transport}-${keys}`;
  };
  const said = (key: string) =>
    readFileSync(join(folder, `${key}.log`), 'utf8')
      .trim()
      .split('\n');

  describe.each(flavors)('%s', flavor => {
    test('the user, the model and the client itself are asked; all at once where the code does so', async () => {
      expect(await call(`${flavor}_three`)).toEqual({ who: 'Ada', said: 'Ahoy', roots: ['file:///work'] });
      expect([...asking.asked].sort()).toEqual(['Who?', 'roots/list', 'sampling/createMessage']);
    });

    test('several rounds: what stands before a question happens in each of them, what stands after the last once', async () => {
      const key = newKey();
      expect(await call(`${flavor}_rounds`, { key })).toEqual({ who: 'Ada', where: '12A' });
      expect(asking.asked).toEqual(['Who?', 'Where does Ada sit?']);
      expect(said(key)).toEqual(['before', 'before', 'between', 'before', 'between', 'after']);
    });

    test.each(['decline', 'cancel'])('a handler hears that its user chose to %s', async action => {
      answer = () => ({ action });
      const first = newKey();
      expect(await call(`${flavor}_rounds`, { key: first })).toEqual({ stopped: action });
      expect(said(first)).toEqual(['before', 'before']);
      answer = message => (message === 'Who?' ? willing(message) : { action });
      const second = newKey();
      expect(await call(`${flavor}_rounds`, { key: second })).toEqual({ stopped: action });
      expect(said(second)).toEqual(['before', 'before', 'between', 'before', 'between']);
    });

    test('log messages come in every round, and progress goes on', async () => {
      const progress: { progress: number }[] = [];
      await call(`${flavor}_rounds`, { key: newKey() }, step => void progress.push(step));
      await vi.waitFor(() => {
        expect(asking.logs).toEqual(['first', 'first', 'second', 'first', 'second', 'third']);
      }, patience);
      // The client loses reports that come just before an answer; with 2025 there is one answer, after all the rounds.
      if (revision === '2026-07-28') return;
      const steps = progress.map(step => step.progress);
      expect(steps[0]).toBe(1);
      expect(steps).toEqual([...new Set(steps)].sort());
    });

    test('prompts and resources ask too', async () => {
      const { messages } = await asking.client.getPrompt({ name: `${flavor}_greet` });
      expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Hello Ada.' } }]);
      const uri = `test://${flavor}/greet`;
      const { contents } = await asking.client.readResource({ uri });
      expect(contents).toEqual([{ uri, mimeType: 'text/plain', text: 'Hello Ada.' }]);
      expect(asking.asked).toEqual(['Who?', 'Who?']);
    });

    test('a handler tells those who watch a resource that it has changed', async () => {
      const uri = `test://${flavor}/greet`;
      if (revision === '2025-11-25') await asking.client.subscribeResource({ uri });
      else await asking.client.listen({ resourceSubscriptions: [uri] });
      expect(await call(`${flavor}_touch`, { uri: 'test://nobody/watches' })).toBe('told');
      expect(await call(`${flavor}_touch`, { uri })).toBe('told');
      await vi.waitFor(() => expect(asking.updated).toEqual([uri]), patience);
    });
  });
});

test.each(['http', 'stdio'] as const)(
  'over %s each round of a client of 2026 tells its own progress',
  async transport => {
    const server = await startWired(transport, makeQuestionsProject());
    onTestFinished(() => server.stop());
    const client = await server.connect('2026-07-28', { elicitation: { form: {} } });
    const _meta = { progressToken: 7, 'io.modelcontextprotocol/logLevel': 'info' };
    const told = ({ before = [] }: WireMessage) => {
      const steps = before.flatMap(({ params: { progress } }) => (progress === undefined ? [] : [progress]));
      const logs = before.flatMap(({ params: { data } }) => (data === undefined ? [] : [data]));
      // Reports in between are left out when they come too fast.
      return {
        from: steps[0],
        to: steps.at(-1),
        isRising: steps.every((step, at) => at === 0 || step > steps[at - 1]),
        logs,
      };
    };
    for (const flavor of flavors) {
      const call = { name: `${flavor}_rounds`, arguments: { key: flavor }, _meta };
      const first = await client.request('tools/call', call);
      expect(first.result.resultType).toBe('input_required');
      expect(told(first)).toEqual({ from: 1, to: 1, isRising: true, logs: ['first'] });
      const { requestState } = first.result;
      const who = { requestState, inputResponses: { who: accept({ name: 'Ada' }) } };
      const second = await client.request('tools/call', { ...call, ...who });
      expect(told(second)).toEqual({ from: 1, to: 2, isRising: true, logs: ['first', 'second'] });
      const where = { requestState: second.result.requestState, inputResponses: { where: accept({ seat: '12A' }) } };
      const third = await client.request('tools/call', { ...call, ...where });
      expect(told(third)).toEqual({ from: 1, to: 3, isRising: true, logs: ['first', 'second', 'third'] });
      expect(third.result.content).toEqual([{ type: 'text', text: '{"who":"Ada","where":"12A"}' }]);
    }
  },
);
