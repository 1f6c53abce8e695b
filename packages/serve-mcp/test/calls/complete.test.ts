import type { HandlerResult, Log } from '@mxcp-ts/engine';
import type { CompletionSource, ParameterDefinition } from '@mxcp-ts/project';
import type { JsonValue } from '@mxcp-ts/values';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnyClient, httpClients } from '../support/connect-clients.ts';
import { ok, openRuntime, prompt, resource, type TestEndpoint } from '../support/flights-runtime.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

const cities = ['Graz', 'Genf', 'Hamburg', 'Regensburg', 'GRAZ-Ost'];
const text = (name: string): ParameterDefinition => ({ name, type: 'string', nullable: true, default: null });
const handled = (parameter: string): CompletionSource => ({ kind: 'endpoint', id: idOf(parameter) });

function idOf(parameter: string): string {
  return `completion:prompt:trip#${parameter}`;
}

type Handler = TestEndpoint['handler'];

/** What completes a parameter of the prompt, given what was typed and the country. */
function completion(parameter: string, handler: Handler, timeoutMs = 10_000, maxRows?: number): TestEndpoint {
  const { definition } = resource('trips://any', {}, handler);
  if (definition.kind !== 'resource') throw new Error('A resource was to be made.');
  const parameters: ParameterDefinition[] = [{ name: 'value', type: 'string', maxLength: 20 }, text('country')];
  const name = `trip#${parameter}`;
  return {
    definition: { ...definition, kind: 'completion', id: idOf(parameter), name, parameters, timeoutMs, maxRows },
    handler,
  };
}

const giving =
  (value: JsonValue): Handler =>
  () =>
    Promise.resolve(ok(value));
const failed = (message: string): HandlerResult => ({
  kind: 'failed',
  error: { message, type: 'Error', stack: undefined, userMessage: undefined },
});

const handlers: Readonly<Record<string, Handler>> = {
  street: async ({ args }) => ok([`${args['value']} in ${args['country']}`]),
  rows: giving([{ name: 'b' }, { name: 'a' }, { name: null }, { name: 3 }, { name: 'b' }]),
  one: giving('only'),
  none: giving([]),
  many: giving(Array.from({ length: 250 }, (_, n) => `v${n}`)),
  wide: giving([{ a: 1, b: 2 }]),
  broken: async () => failed('password=hunter2 in /srv/secret'),
  asks: async ({ ask }) => {
    const answer = ask('k', { method: 'roots/list' });
    return answer.kind === 'client-cannot'
      ? {
          kind: 'failed',
          error: { message: answer.message, type: 'ClientCannot', stack: undefined, userMessage: undefined },
        }
      : ok('asked');
  },
};

const names = [...Object.keys(handlers), 'slow', 'full'];
const endpoints: readonly TestEndpoint[] = [
  prompt(
    'trip',
    {
      description: undefined,
      parameters: [
        text('country'),
        { name: 'class', type: 'string', enum: ['economy', 'business', 'premium economy'] },
        { name: 'window', type: 'boolean' },
        { name: 'city', type: 'string', enum: ['never'] },
        { name: 'free', type: 'string' },
        ...names.map(text),
      ],
      completions: {
        city: { kind: 'values', values: cities },
        ...Object.fromEntries(names.map(name => [name, handled(name)])),
      },
    },
    giving('x'),
  ),
  resource(
    'trips://{city}',
    {
      parameters: [{ name: 'city', type: 'string' }],
      completions: { city: { kind: 'values', values: cities } },
      template: { text: 'trips://{city}', variables: ['city'], match: () => undefined },
    },
    giving('x'),
  ),
  ...Object.entries(handlers).map(([name, handler]) => completion(name, handler)),
  completion('slow', () => new Promise(() => {}), 50),
  completion('full', giving([{ n: 'a' }, { n: null }, { n: 'a' }]), 10_000, 3),
];

const logged: string[] = [];
const log: Log = (level, message) => void logged.push(`${level} ${message}`);
let served: HttpUnderTest;
beforeAll(async () => {
  served = await serveOverHttp(await openRuntime(endpoints, { log }), { log });
});
afterAll(() => served.close());
beforeEach(() => {
  logged.length = 0;
});

describe.each(Object.entries(httpClients))('%s', (_name, connect) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await connect(served.url);
  });
  afterAll(() => client.close());

  async function complete(name: string, value: string, known?: Record<string, string>) {
    const context = known === undefined ? {} : { context: { arguments: known } };
    const params = { ref: { type: 'ref/prompt', name: 'trip' }, argument: { name, value }, ...context } as const;
    return (await client.complete(params)).completion;
  }

  test('of rows that may not be all nobody knows how many there are', async () => {
    expect(await complete('full', '')).toEqual({ values: ['a'], hasMore: true });
  });

  test.each<[string, string, readonly string[]]>([
    ['city', '', cities],
    ['city', 'g', ['Graz', 'Genf', 'GRAZ-Ost', 'Hamburg', 'Regensburg']],
    ['city', 'GRAZ', ['Graz', 'GRAZ-Ost']],
    ['city', 'burg', ['Hamburg', 'Regensburg']],
    ['city', 'x', []],
    ['class', 'econ', ['economy', 'premium economy']],
    ['window', 'T', ['true']],
    ['free', '', []],
    ['street', 'Ring', ['Ring in null']],
    ['rows', '', ['b', 'a', '3']],
    ['one', '', ['only']],
    ['none', '', []],
  ])('completes %s with "%s": %j', async (name, value, values) => {
    expect(await complete(name, value)).toEqual({ values, total: values.length, hasMore: false });
  });

  test('a handler gets what is known of the other parameters, and nothing else', async () => {
    const { values } = await complete('street', 'Ring', { country: 'AT', class: 'business', street: 'x', other: 'y' });
    expect(values).toEqual(['Ring in AT']);
  });

  test('completes variables of a resource', async () => {
    const ref = { type: 'ref/resource', uri: 'trips://{city}' } as const;
    const { completion: found } = await client.complete({ ref, argument: { name: 'city', value: 'ham' } });
    expect(found).toEqual({ values: ['Hamburg'], total: 1, hasMore: false });
  });

  test('gives a hundred values at most, and says that there are more', async () => {
    const { values, ...rest } = await complete('many', '');
    expect(rest).toEqual({ total: 250, hasMore: true });
    expect(values).toEqual(Array.from({ length: 100 }, (_, n) => `v${n}`));
  });

  test.each<[string, string, string, RegExp]>([
    ['broken', '', 'The completion of broken of the prompt trip failed (incident ID).', /hunter2/],
    [
      'wide',
      '',
      'What the completion of wide of the prompt trip gave cannot be used (incident ID).',
      /A completion gives a list of texts, or rows of one column\./,
    ],
    [
      'asks',
      '',
      'What the completion of asks of the prompt trip gave cannot be used (incident ID).',
      /It asks its client for something/,
    ],
    [
      'slow',
      '',
      'The call took longer than its limit of 0.05 s and was stopped. Try a smaller request.',
      /limit of 50 ms/,
    ],
    ['rows', 'x'.repeat(21), 'The arguments are not valid.\n- /value must have at most 20 characters', /^$/],
  ])('a completion of %s that fails is an error that tells nothing of it', async (name, value, message, log) => {
    const error = await complete(name, value).catch((thrown: unknown) => thrown);
    const shown = String(error instanceof Error ? error.message : error).replace(/incident [0-9a-f]{8}/, 'incident ID');
    expect(shown.replace(/^MCP error -?\d+: /, '')).toBe(message);
    expect(logged.join('\n')).toMatch(log);
  });
});
