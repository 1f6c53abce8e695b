import type { CallContext, HandlerCall, InputRequest } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import { expect, test, vi } from 'vitest';
import { type TestEngine, withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

type Answers = Readonly<Record<string, JsonValue>>;

/** A client that has given these answers and is still thinking about everything else; it cannot be sampled. */
function clientWith(answers: Answers) {
  const asked: (readonly [string, InputRequest])[] = [];
  const ask: HandlerCall['ask'] = (key, request) => {
    asked.push([key, request]);
    if (request.method === 'sampling/createMessage' && !('model' in answers))
      return { kind: 'client-cannot', message: 'No model.' };
    const value = answers[key];
    if (key === 'refused') return { kind: 'refused', message: 'Two questions have that key.' };
    return value === undefined ? { kind: 'waiting' } : { kind: 'answer', value };
  };
  return { asked, ask };
}

async function callWith({ call }: TestEngine, name: string, answers: Answers = {}, context: Partial<CallContext> = {}) {
  const { asked, ask } = clientWith(answers);
  const outcome = await call(name, {}, { ask, context });
  return { asked, outcome };
}

function startWith(code: string, names: readonly string[], options = {}): Promise<TestEngine> {
  const sketches = names.map(name => ({ name, file: 'tools/ask.ts' }));
  return startTestEngine({ 'tools/ask.ts': code }, sketches, options);
}

test('a question ends the call until it is answered; then the handler goes on', async () => {
  const engine = await startWith(
    `
      import { elicit } from 'mxcp-ts/runtime';
      export const book = async () => {
        const schema = { type: 'object', properties: { seats: { type: 'integer', default: 2 } }, required: ['seats'] } as const;
        const first = await elicit('seats', 'How many?', schema);
        if (first.action !== 'accept') return first;
        const { action } = await elicit('sure', 'Sure?', { type: 'object', properties: {} });
        return { seats: first.content.seats, action };
      };
    `,
    ['book'],
  );
  const seats: InputRequest = {
    method: 'elicitation/create',
    params: {
      message: 'How many?',
      requestedSchema: {
        type: 'object',
        properties: { seats: { type: 'integer', default: 2 } },
        required: ['seats'],
      },
    },
  };
  const sure: InputRequest = {
    method: 'elicitation/create',
    params: { message: 'Sure?', requestedSchema: { type: 'object', properties: {} } },
  };
  expect(await callWith(engine, 'book')).toMatchObject({ asked: [['seats', seats]], outcome: { kind: 'failed' } });
  const accepted = { action: 'accept', content: { seats: 3 } };
  expect(await callWith(engine, 'book', { seats: accepted })).toMatchObject({
    asked: [
      ['seats', seats],
      ['sure', sure],
    ],
    outcome: { kind: 'failed' },
  });
  expect((await callWith(engine, 'book', { seats: accepted, sure: { action: 'cancel' } })).outcome).toEqual(
    ok({ seats: 3, action: 'cancel' }),
  );
  expect((await callWith(engine, 'book', { seats: { action: 'decline', content: {} } })).outcome).toEqual(
    ok({ action: 'decline' }),
  );
  expect(engine.logged).toEqual([]);
});

test('each kind of question goes out in the shape of MCP and comes back as its function says', async () => {
  const engine = await startWith(
    `
      import { content, elicitUrl, listRoots, sample } from 'mxcp-ts/runtime';
      export const all = () => Promise.all([
        elicitUrl('pay', 'Please pay.', new URL('https://example.com/pay?id=1')),
        sample('short', 'Hi?'),
        sample('long', {
          messages: ['One', { role: 'assistant', content: 'Two' }, { role: 'user', content: content.image('AAEC', 'image/png') }],
          maxTokens: 5, systemPrompt: 'Be brief.', stopSequences: ['.'], modelPreferences: { hints: [{ name: 'small' }] },
        }),
        listRoots(),
        listRoots('other'),
      ]);
    `,
    ['all'],
  );
  const said = { role: 'assistant', content: { type: 'text', text: 'Yes' }, model: 'm1', stopReason: 'endTurn' };
  const parts = [
    { type: 'text', text: 'a' },
    { type: 'image', data: 'AAEC', mimeType: 'image/png' },
    { type: 'text', text: 'b' },
  ];
  const { asked, outcome } = await callWith(engine, 'all', {
    model: true,
    pay: { action: 'accept' },
    short: said,
    long: { role: 'assistant', content: parts, model: 'm1' },
    roots: { roots: [{ uri: 'file:///a', name: 'a' }] },
    other: { roots: [{ uri: 'file:///b' }] },
  });
  const text = (role: string, text: string) => ({ role, content: { type: 'text', text } });
  expect(asked).toEqual([
    [
      'pay',
      {
        method: 'elicitation/create',
        params: { mode: 'url', message: 'Please pay.', url: 'https://example.com/pay?id=1' },
      },
    ],
    ['short', { method: 'sampling/createMessage', params: { maxTokens: 1000, messages: [text('user', 'Hi?')] } }],
    [
      'long',
      {
        method: 'sampling/createMessage',
        params: {
          maxTokens: 5,
          messages: [
            text('user', 'One'),
            text('assistant', 'Two'),
            { role: 'user', content: { type: 'image', data: 'AAEC', mimeType: 'image/png' } },
          ],
          systemPrompt: 'Be brief.',
          stopSequences: ['.'],
          modelPreferences: { hints: [{ name: 'small' }] },
        },
      },
    ],
    ['roots', { method: 'roots/list' }],
    ['other', { method: 'roots/list' }],
  ]);
  expect(outcome).toEqual(
    ok([
      { action: 'accept' },
      { ...said, text: 'Yes' },
      { text: 'ab', role: 'assistant', content: parts, model: 'm1' },
      [{ uri: 'file:///a', name: 'a' }],
      [{ uri: 'file:///b' }],
    ]),
  );
});

test('questions asked together are all asked before the call ends', async () => {
  const engine = await startWith(
    `
      import { elicit, listRoots, sample } from 'mxcp-ts/runtime';
      const schema = { type: 'object', properties: {} } as const;
      export const together = () => Promise.all([elicit('a', 'A?', schema), sample('b', 'B?'), listRoots()]);
      export const started = async () => {
        const [a, b] = [elicit('a', 'A?', schema), elicit('b', 'B?', schema)];
        return [await a, await b];
      };
    `,
    ['together', 'started'],
  );
  const keysOf = async (name: string) =>
    (await callWith(engine, name, { model: true })).asked.map(([key, { method }]) => [key, method]);
  expect(await keysOf('together')).toEqual([
    ['a', 'elicitation/create'],
    ['b', 'sampling/createMessage'],
    ['roots', 'roots/list'],
  ]);
  expect(await keysOf('started')).toEqual([
    ['a', 'elicitation/create'],
    ['b', 'elicitation/create'],
  ]);
  // A promise that nobody awaited would have been logged before this call is answered.
  await callWith(engine, 'started');
  expect(engine.logged).toEqual([]);
});

test('a handler that catches everything does not go on: the call is over, and nothing it does counts', async () => {
  const engine = await startWith(
    `
      import { context, db, elicit, notify, session } from 'mxcp-ts/runtime';
      const schema = { type: 'object', properties: {} } as const;
      export const stubborn = async () => {
        const caught = [];
        const { signal } = context();
        const tries = [() => elicit('a', 'A?', schema), () => elicit('b', 'B?', schema), () => db.execute('insert'),
          () => db.transaction(() => 1), () => session.set('a', 1)];
        for (const attempt of tries) await attempt().catch(error => caught.push([error instanceof Error, String(error)]));
        notify.info('late');
        console.log(JSON.stringify([signal.aborted, caught]));
        await new Promise(() => {});
      };
      export const tidy = async () => {
        try { await elicit('a', 'A?', schema); } catch (error) { if (error instanceof Error) return 'no error'; throw error; }
      };
    `,
    ['stubborn', 'tidy'],
  );
  const heard: unknown[] = [];
  const client = { progress() {}, log: (...args: unknown[]) => void heard.push(args) };
  const { asked, ask } = clientWith({});
  expect(await engine.call('stubborn', {}, { ask, client })).toMatchObject({ kind: 'failed' });
  await vi.waitFor(() => expect(engine.logged.length).toBe(1));
  const signal = [false, 'The call waits for its client. It runs again, from the top, with the answer.'];
  expect(JSON.parse(engine.logged[0]?.replace('info - - ', '') ?? '')).toEqual([true, Array(5).fill(signal)]);
  expect({ asked: asked.map(([key]) => key), executed: engine.asked, heard }).toEqual({
    asked: ['a'],
    executed: [],
    heard: [],
  });
  expect((await callWith(engine, 'tidy')).outcome).toMatchObject({ kind: 'failed' });
});

test('a transaction that a question interrupts is rolled back', async () => {
  const steps: string[] = [];
  const engine = await startWith(
    `
      import { db, elicit } from 'mxcp-ts/runtime';
      export const move = () => db.transaction(async () => { await elicit('a', 'A?', { type: 'object', properties: {} }); });
    `,
    ['move'],
    {
      database: {
        begin: async () => ({ kind: 'begun', transaction: 1 }),
        end: async (transaction: number, how: string) => {
          steps.push(`${how} ${transaction}`);
          return { kind: 'ended' };
        },
      },
    },
  );
  await callWith(engine, 'move');
  await vi.waitFor(() => expect(steps[0]).toBe('rollback 1'));
  expect(new Set(steps)).toEqual(new Set(['rollback 1']));
});

test('a client that cannot be asked is an error that can be caught, and has its type when it is not', async () => {
  const engine = await startWith(
    `
      import { ClientCannotError, canAsk, context, sample } from 'mxcp-ts/runtime';
      export const caught = () => sample('a', 'A?').catch(error => [error instanceof ClientCannotError, error.message]);
      export const uncaught = () => sample('a', 'A?');
      export const able = () => ({ client: context().client ?? null, can: ['elicit', 'elicit-url', 'sample', 'roots'].map(canAsk) });
    `,
    ['caught', 'uncaught', 'able'],
  );
  expect((await callWith(engine, 'caught')).outcome).toEqual(ok([true, 'No model.']));
  expect((await callWith(engine, 'uncaught')).outcome).toMatchObject({
    kind: 'failed',
    error: { type: 'ClientCannot', message: 'No model.' },
  });
  const client = { name: 'desk', version: '1.2', abilities: ['elicit', 'roots'] } as const;
  expect((await callWith(engine, 'able', {}, { client })).outcome).toEqual(
    ok({ client, can: [true, false, false, true] }),
  );
  expect((await callWith(engine, 'able')).outcome).toEqual(ok({ client: null, can: [false, false, false, false] }));
});

test('says what is wrong with a question', async () => {
  const engine = await startWith(
    `
      import { canAsk, elicit, elicitUrl, onInit, sample, listRoots } from 'mxcp-ts/runtime';
      const schema = { type: 'object', properties: {} } as const;
      const asks = [
        () => elicit('', 'A?', schema),
        () => elicit('a', 1 as never, schema),
        () => elicit('a', 'A?', { ...schema, x: () => 1 } as never),
        ...['/pay', 'javascript:alert(1)', 'ftp://x.y', 'https://', 'https://x.y/a b', 'https://x.y:port'].map(
          url => () => elicitUrl('a', 'A?', url),
        ),
        () => sample('a', {} as never),
        () => listRoots(1 as never),
        () => elicit('refused', 'A?', schema),
        async () => canAsk('elicitUrl' as never),
      ];
      export const wrong = async () => {
        const messages = [];
        for (const ask of asks) await ask().catch(error => messages.push(error.message));
        return messages;
      };
      onInit(() => elicit('a', 'A?', schema).catch(error => console.log(error.message)));
      export const late = () => { setTimeout(() => sample('a', 'A?').catch(error => console.log(error.message)), 20); };
    `,
    ['wrong', 'late'],
  );
  expect((await callWith(engine, 'wrong')).outcome).toEqual(
    ok([
      'elicit needs a key as its first argument: a text that names the question within the call.',
      'elicit needs a message, a text, as its second argument.',
      'The question of elicit, at /params/requestedSchema/x, holds a function, which JSON cannot express.',
      ...Array(6).fill('elicitUrl takes the URL of a web page, which begins with https:// or http://.'),
      'sample needs text, or an object with `messages`.',
      'listRoots needs a key as its first argument: a text that names the question within the call.',
      'Two questions have that key.',
      'canAsk knows elicit, elicit-url, sample, sample-tools, roots; not elicitUrl.',
    ]),
  );
  await callWith(engine, 'late');
  await vi.waitFor(() =>
    expect(engine.logged).toEqual([
      'info - - elicit is only available while a handler runs.',
      'info - - sample is only available while a handler runs.',
    ]),
  );
});

test('what the host refuses has the line that asked in its stack', async () => {
  const engine = await startWith(
    `
      import { elicit } from 'mxcp-ts/runtime';
      const schema = { type: 'object', properties: {} } as const;
      export const awaited = async () => { const { action } = await elicit('refused', 'A?', schema); return action; };
      export const given = () => elicit('refused', 'A?', schema);
      export const chained = () => elicit('refused', 'A?', schema).then(({ action }) => action);
    `,
    ['awaited', 'given', 'chained'],
  );
  const stackOf = async (name: string) => {
    const { outcome } = await callWith(engine, name);
    return outcome.kind === 'failed' ? outcome.error.stack : undefined;
  };
  const stack = (frame: string) => `Error: Two questions have that key.\n    at ${frame}`;
  expect(await stackOf('awaited')).toBe(stack(`awaited (${engine.root}/tools/ask.ts:4:69)`));
  expect(await stackOf('given')).toBe(stack(`given (${engine.root}/tools/ask.ts:5:34)`));
  expect(await stackOf('chained')).toBe(stack(`chained (${engine.root}/tools/ask.ts:6:36)`));
});

test('news of changes reach the host from handlers, hooks and timers', async () => {
  const engine = await startWith(
    `
      import { notify, onInit } from 'mxcp-ts/runtime';
      onInit(() => notify.toolsChanged());
      export const tell = () => {
        notify.resourceUpdated('flights://airports/JFK');
        notify.promptsChanged();
        setTimeout(() => notify.resourcesChanged(), 5);
      };
      export const wrong = () => notify.resourceUpdated(1 as never);
    `,
    ['tell', 'wrong'],
  );
  expect(await engine.call('tell')).toEqual(ok(null));
  await vi.waitFor(() =>
    expect(engine.announced).toEqual([
      { kind: 'tools' },
      { kind: 'resource', uri: 'flights://airports/JFK' },
      { kind: 'prompts' },
      { kind: 'resources' },
    ]),
  );
  expect(await engine.call('wrong')).toMatchObject({
    error: { message: 'notify.resourceUpdated needs the URI of the resource.' },
  });
});
