import { MxcpError } from '@mxcp-ts/diagnostics';
import type { InputRequest } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { sampledText } from './answer-shapes.ts';
import { exampleFor } from './example-answer.ts';
import { formFields } from './form-fields.ts';
import { problemsOf } from './problems-of.ts';

/**
 * The answer to a question, as MCP has it, from the text of `--answer`: JSON, or a word that says the same.
 *
 * @throws MxcpError `usage` for a text that is no answer to this question
 */
export function parseAnswer(key: string, request: InputRequest, text: string): JsonValue {
  switch (request.method) {
    case 'elicitation/create':
      return request.params.mode === 'url'
        ? parseVisit(key, request, text)
        : parseForm(key, request, request.params.requestedSchema, text);
    case 'sampling/createMessage':
      return parseSample(text);
    case 'roots/list':
      return parseRoots(key, request, text);
  }
}

const actions: readonly JsonValue[] = ['accept', 'decline', 'cancel'];

function parseVisit(key: string, request: InputRequest, text: string): JsonValue {
  const value = parseJson(text) ?? text.trim();
  const action = isObject(value) ? value['action'] : value;
  if (action === undefined || !actions.includes(action)) throw refused(key, request, 'is accept, decline or cancel');
  return { action };
}

function parseForm(key: string, request: InputRequest, schema: JsonObject, text: string): JsonValue {
  const word = text.trim();
  if (word === 'decline' || word === 'cancel') return { action: word };
  const value = word === 'accept' ? defaultsOf(schema) : parseJson(text);
  if (!isObject(value)) throw refused(key, request, 'must be a JSON object');
  const { action, content = {} } = value;
  const isWhole =
    action !== undefined && actions.includes(action) && !formFields(schema).some(({ name }) => name === 'action');
  if (isWhole && action !== 'accept') return { action };
  const filled = isWhole ? content : value;
  // A form says nothing of other fields, which MCP ignores; here they are slips.
  const closed = { additionalProperties: false, ...schema };
  const problems = problemsOf(closed, filled).map(({ pointer, message }) => `${pointer} ${message}`.trim());
  if (problems.length > 0) throw refused(key, request, `does not fit its form: ${problems.join('; ')}`);
  return { action: 'accept', content: filled };
}

function defaultsOf(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    formFields(schema).flatMap(field => (field.preset === undefined ? [] : [[field.name, field.preset]])),
  );
}

/** Anything but a message is what the model says. */
function parseSample(text: string): JsonValue {
  const value = parseJson(text);
  if (!isObject(value) || value['content'] === undefined) return sampledText(text);
  const { content } = value;
  return {
    ...sampledText(''),
    ...value,
    content: typeof content === 'string' ? { type: 'text', text: content } : content,
  };
}

function parseRoots(key: string, request: InputRequest, text: string): JsonValue {
  const value = parseJson(text);
  const list = isObject(value) ? value['roots'] : value;
  if (!Array.isArray(list)) throw refused(key, request, 'must be a JSON list of URIs');
  const roots = list.map(root => (typeof root === 'string' ? { uri: root } : root));
  if (!roots.every(root => isObject(root) && typeof root['uri'] === 'string'))
    throw refused(key, request, 'must be a JSON list of URIs');
  return { roots };
}

function refused(key: string, request: InputRequest, what: string): MxcpError {
  return new MxcpError('usage', `The answer to "${key}" ${what}${what.endsWith('?') ? '' : '.'}`, {
    hint: `For example: ${exampleFor(key, request)}`,
  });
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
