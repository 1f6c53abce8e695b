import type { AnyClient } from './connect-clients.ts';

/** Lists and uses what a client can; the answers in one value, without what the SDKs add for themselves. */
export async function useEverything(client: AnyClient) {
  return {
    tools: (await client.listTools()).tools,
    object: core(await client.callTool({ name: 'find_airport', arguments: { code: 'ZRH' } })),
    array: core(await client.callTool({ name: 'list_airports', arguments: {} })),
    text: core(await client.callTool({ name: 'greet' })),
    resources: (await client.listResources()).resources,
    templates: (await client.listResourceTemplates()).resourceTemplates,
    fixed: (await client.readResource({ uri: 'flights://airports' })).contents,
    templated: (await client.readResource({ uri: 'flights://airports/GVA' })).contents,
    prompts: (await client.listPrompts()).prompts,
    prompt: promptCore(await client.getPrompt({ name: 'briefing', arguments: { airport: 'ZRH', short: 'true' } })),
  };
}

function core({ content, structuredContent, isError }: Record<string, unknown>) {
  return { content, structuredContent, isError };
}

function promptCore({ description, messages }: Record<string, unknown>) {
  return { description, messages };
}

// An item of a result may be NULL, so the schema admits null.
const result = { type: 'array', items: { type: ['string', 'null'] } };

/** What `useEverything` gives. The 2025 revisions know objects only, so other results are wrapped for them. */
export function everything(era: '2025' | '2026') {
  const wrapped = era === '2025';
  return {
    tools: [
      { name: 'fail', inputSchema: expectedInput({}, []) },
      {
        name: 'find_airport',
        title: 'Find an airport',
        description: 'Finds an airport by its code.',
        inputSchema: expectedInput({ code: { type: 'string', description: 'IATA code', minLength: 3 } }, ['code']),
        outputSchema: {
          type: 'object',
          properties: { code: { type: 'string' }, city: { type: 'string' } },
          required: ['code', 'city'],
        },
        annotations: { title: 'Find an airport', readOnlyHint: true },
        _meta: { 'mxcp/tags': ['airports'] },
      },
      { name: 'greet', inputSchema: expectedInput({ name: { type: 'string', default: 'you' } }, []) },
      {
        name: 'list_airports',
        inputSchema: expectedInput({}, []),
        outputSchema: wrapped ? { type: 'object', properties: { result }, required: ['result'] } : result,
      },
    ],
    object: {
      content: [{ type: 'text', text: '{"code":"ZRH","city":"Zürich"}' }],
      structuredContent: { code: 'ZRH', city: 'Zürich' },
      isError: undefined,
    },
    array: {
      content: [{ type: 'text', text: '["ZRH","GVA"]' }],
      structuredContent: wrapped ? { result: ['ZRH', 'GVA'] } : ['ZRH', 'GVA'],
      isError: undefined,
    },
    text: { content: [{ type: 'text', text: 'Hello you' }], structuredContent: undefined, isError: undefined },
    resources: [
      { uri: 'flights://airports', name: 'airports', title: 'Airports', _meta: { 'mxcp/tags': ['airports'] } },
      { uri: 'flights://notes', name: 'Notes', title: 'Notes', mimeType: 'text/markdown' },
    ],
    templates: [
      { uriTemplate: 'flights://airports/{code}', name: 'flights://airports/{code}', mimeType: 'application/json' },
    ],
    fixed: [{ uri: 'flights://airports', mimeType: 'application/json', text: '[{"code":"ZRH"}]' }],
    templated: [{ uri: 'flights://airports/GVA', mimeType: 'application/json', text: '{"code":"GVA"}' }],
    prompts: [
      {
        name: 'briefing',
        description: 'Briefs a pilot.',
        arguments: [
          { name: 'airport', description: 'Where to', required: true },
          { name: 'short', required: false },
        ],
      },
    ],
    prompt: {
      description: 'Briefs a pilot.',
      messages: [
        { role: 'user', content: { type: 'text', text: 'Brief me on ZRH.' } },
        { role: 'assistant', content: { type: 'text', text: 'Short.' } },
      ],
    },
  };
}

function expectedInput(properties: Readonly<Record<string, unknown>>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}
