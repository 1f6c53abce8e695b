import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, report } from './report.mjs';

/**
 * Looks at everything with a client of the official SDK, whichever its generation.
 *
 * @param client - connected; with `call(name, args, options)`, which both generations have under different shapes
 * @param told - what the client's handlers collect: `logs`, `asked`, the parameters of the server's questions, and
 *   `revision()` of the protocol
 */
export async function checkWithSdk(task, client, told) {
  await report(task, {
    connect: () => ({ revision: told.revision(), name: client.getServerVersion().name }),
    list: () => lists(client),
    call: async () => plain(await client.call('greet', { name: 'Ada' })),
    error: () => errors(client),
    structured: async () => ({
      object: plain(await client.call('find_order', { id: 2 })),
      list: plain(await client.call('list_orders', { least: 5 })),
    }),
    image: async () => (await client.call('draw')).content,
    resource: () => read(client, 'interop://about'),
    template: () => read(client, 'interop://notes/S%C3%A3o%20Paulo%2F5%25'),
    binary: async () => ({
      fixed: await read(client, 'interop://pixel'),
      template: await read(client, 'interop://dots/one'),
    }),
    prompt: async () =>
      (await client.getPrompt({ name: 'summarize', arguments: { region: 'EMEA', words: '20' } })).messages,
    completion: async () => {
      const ref = { type: 'ref/prompt', name: 'summarize' };
      return (await client.complete({ ref, argument: { name: 'region', value: 'am' } })).completion.values;
    },
    progress: () => progress(client),
    log: () => log(client, told),
    cancellation: () => cancellation(client),
    elicitation: () => elicitation(client, told),
    sampling: () => sampling(client, told),
    roots: async () => textOf(await client.call('show_folders')),
  });
}

/** What a client says that it can be asked. */
export const capabilities = { elicitation: { form: {} }, sampling: {}, roots: {} };

/** The answers to the three questions of a server, by method; each question is kept in `told.asked`. */
export function answerWith(told) {
  return {
    'elicitation/create': ({ params }) => {
      told.asked.push({ message: params.message, requestedSchema: params.requestedSchema });
      return answers.elicitation[params.message];
    },
    'sampling/createMessage': ({ params: { messages, maxTokens, systemPrompt } }) => {
      told.asked.push({ messages, maxTokens, systemPrompt });
      return answers.sampling;
    },
    'roots/list': () => ({ roots: answers.roots }),
  };
}

async function lists(client) {
  const { tools } = await client.listTools();
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  const { prompts } = await client.listPrompts();
  return {
    tools: tools.map(({ name }) => name),
    inputSchema: tools.find(({ name }) => name === 'list_orders').inputSchema,
    resources: resources.map(({ uri }) => uri),
    templates: resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    prompts: prompts.map(({ name }) => name),
  };
}

async function errors(client) {
  return {
    ofHandler: plain(await client.call('find_order', { id: 42 })),
    ofArguments: plain(await client.call('find_order', { id: 0, ids: 1 })),
    unknownTool: await failureOf(client.call('find_nothing', {})),
    unknownResource: await failureOf(client.readResource({ uri: 'interop://nowhere' })),
  };
}

function plain({ isError = false, content, structuredContent = null }) {
  return { isError, content, structured: structuredContent };
}

async function failureOf(promise) {
  try {
    await promise;
  } catch ({ code, message }) {
    // The first generation puts the code in front of the server's text.
    return { code, message: message.replace(`MCP error ${code}: `, '') };
  }
  return 'none';
}

async function read(client, uri) {
  return (await client.readResource({ uri })).contents;
}

async function progress(client) {
  const reports = [];
  const onprogress = ({ progress, total, message }) => reports.push([progress, total, message]);
  const { content } = await client.call('count_slowly', {}, { onprogress });
  // Where reports come fast the server leaves some between the first and the last out, and a busy machine is late.
  return { first: reports[0], last: reports.at(-1), content };
}

async function log(client, { logs }) {
  logs.length = 0;
  await client.call('count_slowly', {}, { wantsLog: true });
  return logs;
}

async function cancellation(client) {
  const key = randomUUID();
  const states = [];
  const giveUp = new AbortController();
  const call = client.call('wait_long', { key }, { signal: giveUp.signal }).then(
    () => 'answered',
    () => 'given up',
  );
  states.push(await stateAfter(client, key, 'unknown'));
  giveUp.abort();
  states.push(await call);
  states.push(await stateAfter(client, key, 'waiting'));
  return states;
}

async function elicitation(client, told) {
  told.asked = [];
  const accepted = textOf(await client.call('book_seats', { show: 'Hamlet' }));
  const declined = textOf(await client.call('book_seats', { show: 'Macbeth' }));
  return { asked: told.asked, accepted, declined };
}

async function sampling(client, told) {
  told.asked = [];
  const answer = textOf(await client.call('translate', { text: 'hello' }));
  return { asked: told.asked, answer };
}

function textOf({ content }) {
  return content.map(({ text }) => text).join('');
}

async function stateAfter(client, key, before) {
  for (;;) {
    const state = textOf(await client.call('was_cancelled', { key }));
    if (state !== before) return state;
    await sleep(50);
  }
}
