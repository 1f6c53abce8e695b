import type { ClientAbility, ClientInfo, InputAnswer, InputRequest } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import type { AnswerCheck } from './answer-check.ts';

/** A handler that asks in a loop would fill the client's screen. */
const maxRequests = 32;

/** What one call asks its client. Answers are known from the start; whatever else is asked makes the call wait. */
export class Asks {
  readonly #answers: Readonly<Record<string, JsonValue>>;
  readonly #client: ClientInfo | undefined;
  readonly #fits: AnswerCheck;
  /** Every question of this run, as text, by key. */
  #asked: Map<string, string> | undefined;
  #missing: Set<ClientAbility> | undefined;
  #answered: Record<string, JsonValue> | undefined;
  #waiting: Record<string, InputRequest> | undefined;
  #refusal: string | undefined;

  /** @param fits - whether an answer is one to its question */
  constructor(
    answers: Readonly<Record<string, JsonValue>> | undefined,
    client: ClientInfo | undefined,
    fits: AnswerCheck,
  ) {
    this.#answers = answers ?? noAnswers;
    this.#client = client;
    this.#fits = fits;
  }

  /** The questions without an answer; undefined when there is none, and the call is done. */
  get waiting(): Readonly<Record<string, InputRequest>> | undefined {
    return this.#waiting;
  }

  /** The answers that this run has used. */
  get answered(): Readonly<Record<string, JsonValue>> {
    return this.#answered ?? noAnswers;
  }

  /** What was asked for that the client cannot do. */
  get missing(): readonly ClientAbility[] {
    return [...(this.#missing ?? [])];
  }

  /** What is wrong with a question of this run. Nobody should be asked the others for a call that cannot end well. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  ask(key: string, request: InputRequest): InputAnswer {
    const problem = this.#problemOf(key, request);
    if (problem !== undefined) {
      this.#refusal ??= problem;
      return { kind: 'refused', message: problem };
    }
    const ability = abilityFor(request);
    if (this.#client?.abilities.includes(ability) !== true) {
      this.#missing ??= new Set();
      this.#missing.add(ability);
      return { kind: 'client-cannot', message: `This client cannot be asked for ${abilityNames[ability]}.` };
    }
    const given = Object.hasOwn(this.#answers, key) ? this.#answers[key] : undefined;
    if (given !== undefined && this.#fits(request, given)) {
      this.#answered ??= Object.create(null) as Record<string, JsonValue>;
      this.#answered[key] = given;
      return { kind: 'answer', value: given };
    }
    this.#waiting ??= Object.create(null) as Record<string, InputRequest>;
    this.#waiting[key] = request;
    return waiting;
  }

  #problemOf(key: string, request: InputRequest): string | undefined {
    if (key === '' || key.length > 200) return 'The key of a question has 1 to 200 characters.';
    // The SDK loses the answer.
    if (key === '__proto__') return 'A question cannot have the key "__proto__".';
    this.#asked ??= new Map();
    const text = JSON.stringify(request);
    const before = this.#asked.get(key);
    if (before !== undefined && before !== text)
      return `Two different questions have the key "${key}". Give each its own.`;
    this.#asked.set(key, text);
    if (this.#asked.size > maxRequests) return `One call may ask ${maxRequests} questions at most.`;
    return formProblemOf(request);
  }
}

const noAnswers: Readonly<Record<string, JsonValue>> = Object.freeze(Object.create(null));
const waiting: InputAnswer = Object.freeze({ kind: 'waiting' });

function abilityFor(request: InputRequest): ClientAbility {
  switch (request.method) {
    case 'elicitation/create':
      return request.params.mode === 'url' ? 'elicit-url' : 'elicit';
    case 'sampling/createMessage':
      return request.params['tools'] === undefined && request.params['toolChoice'] === undefined
        ? 'sample'
        : 'sample-tools';
    case 'roots/list':
      return 'roots';
  }
}

const abilityNames: Readonly<Record<ClientAbility, string>> = {
  elicit: 'input from its user (elicitation)',
  'elicit-url': 'a visit of its user to a page (URL elicitation)',
  sample: 'a message of its model (sampling)',
  'sample-tools': 'a message of its model with tools (sampling with tools)',
  roots: 'its folders (roots)',
};

/** What the SDK would refuse to send. */
function formProblemOf(request: InputRequest): string | undefined {
  if (request.method === 'sampling/createMessage') {
    const { messages, maxTokens } = request.params;
    if (!Array.isArray(messages) || messages.length === 0) return 'Sampling needs `messages`.';
    return typeof maxTokens === 'number' ? undefined : 'Sampling needs `maxTokens`, a number.';
  }
  if (request.method === 'roots/list') return undefined;
  const { params } = request;
  if (typeof params.message !== 'string') return 'Elicitation needs a `message`, a text.';
  if (params.mode === 'url') return typeof params.url === 'string' ? undefined : 'URL elicitation needs a `url`.';
  const { type, properties } = params.requestedSchema ?? {};
  if (type !== 'object' || !isRecord(properties))
    return 'The schema of an elicitation describes an object: {type: "object", properties: {…}}.';
  const [odd] = Object.entries(properties).filter(([, property]) => !isFlat(property));
  return odd === undefined ? undefined : oddField(odd[0]);
}

const flatTypes: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean']);

/** A form has fields of text, numbers and choices, and lists of choices; it holds no forms. */
function isFlat(property: JsonValue | undefined): boolean {
  if (!isRecord(property)) return false;
  if (property['type'] !== 'array') return flatTypes.has(property['type']);
  const { items } = property;
  return isRecord(items) && (Array.isArray(items['enum']) || Array.isArray(items['anyOf']));
}

function oddField(name: string): string {
  const kinds = 'a string, number, integer or boolean, or an array whose items have an `enum` or `anyOf`';
  return `The field "${name}" of an elicitation must be ${kinds}.`;
}

function isRecord(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
