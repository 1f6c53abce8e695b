import type { HandlerResult, InputAnswer, InputRequest } from '@mxcp-ts/engine';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { ok, prompt, resource, type TestEndpoint, tool } from './flights-runtime.ts';

const waiting: HandlerResult = { kind: 'ok', value: 'a run that waits has no result' };

export function form(message: string, properties: JsonObject): InputRequest {
  const requestedSchema = { type: 'object', properties, required: Object.keys(properties) };
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } };
}

const askName = form('What is your name?', { name: { type: 'string' } });
const askSeat = form('Which seat?', { seat: { type: 'string', enum: ['12A', '12B'] } });
const anything: TypeDefinition[] = [{ type: 'object' }, { type: 'array' }];
const sample: InputRequest = {
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: { type: 'text', text: 'A greeting?' } }], maxTokens: 20 },
};

/** Endpoints that ask their client, each with a count of how often its handler ran. */
export function askingEndpoints(): readonly TestEndpoint[] {
  let runs = 0;
  return [
    tool('greet', {}, async call => ended(call.ask('name', askName), ({ name }) => ok(`Hello ${name}`))),
    tool('book', { parameters: [{ name: 'flight', type: 'string' }] }, async call => {
      runs += 1;
      return ended(call.ask('name', askName), ({ name }) =>
        ended(call.ask('seat', askSeat), ({ seat }) => ok(`${call.args['flight']}: ${name} in ${seat}, ${runs} runs`)),
      );
    }),
    tool(
      'open',
      {
        parameters: [
          { name: 'flight', type: 'string' },
          { name: 'x', anyOf: anything },
        ],
      },
      async call => ended(call.ask('name', askName), ({ name }) => ok(`${name}`)),
    ),
    tool('count_and_ask', {}, async ({ ask, client }) => {
      client.progress(1, 3, undefined);
      return ended(ask('name', askName), ({ name }) => {
        client.progress(2, 3, undefined);
        return ended(ask('seat', askSeat), ({ seat }) => {
          client.progress(3, 3, undefined);
          return ok(`${name}, ${seat}`);
        });
      });
    }),
    tool('everything', {}, async ({ ask }) => {
      const answers = [ask('name', askName), ask('greeting', sample), ask('folders', { method: 'roots/list' })];
      if (answers.some(({ kind }) => kind === 'waiting')) return waiting;
      return ok(answers.map(answer => (answer.kind === 'answer' ? answer.value : answer.kind)));
    }),
    tool('perhaps', {}, async ({ ask }) => {
      const answer = ask('name', askName);
      return answer.kind === 'client-cannot' ? ok('no matter') : waiting;
    }),
    prompt('welcome', { description: 'Welcomes.', parameters: [] }, async call =>
      ended(call.ask('name', askName), ({ name }) => ok([{ role: 'user', text: `Welcome ${name}.` }])),
    ),
    resource('flights://mine', {}, async call => ended(call.ask('name', askName), ({ name }) => ok(`of ${name}`))),
  ];
}

/** What a handler of ours does with an answer: goes on, ends, or fails as the guests do. */
export function ended(answer: InputAnswer, next: (content: JsonObject) => HandlerResult): HandlerResult {
  switch (answer.kind) {
    case 'answer': {
      const { action, content } = answer.value as { action: string; content?: JsonObject };
      return action === 'accept' ? next(content ?? {}) : ok(`The user said ${action}.`);
    }
    case 'waiting':
      return waiting;
    case 'client-cannot':
      return failed('ClientCannot', answer.message);
    case 'refused':
      return failed('ValueError', answer.message);
  }
}

function failed(type: string, message: string): HandlerResult {
  return { kind: 'failed', error: { type, message, stack: undefined, userMessage: undefined } };
}

/** Answers as a client gives them. */
export const accept = (content: JsonObject): JsonValue => ({ action: 'accept', content });
