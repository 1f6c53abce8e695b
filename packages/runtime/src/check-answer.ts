import type { InputRequest } from '@mxcp-ts/engine';
import { compileCheck, type JsonObject, type JsonValue } from '@mxcp-ts/values';

/**
 * Whether an answer fits its question. One that does not is asked for again: the client may be showing a form to a person.
 */
export function checkAnswer(request: InputRequest, answer: JsonValue): boolean {
  if (!isObject(answer)) return false;
  switch (request.method) {
    case 'elicitation/create':
      return checkElicitation(request.params, answer);
    case 'sampling/createMessage':
      return typeof answer['role'] === 'string' && typeof answer['content'] === 'object' && answer['content'] !== null;
    case 'roots/list':
      return (
        Array.isArray(answer['roots']) &&
        answer['roots'].every(root => isObject(root) && typeof root['uri'] === 'string')
      );
  }
}

type Elicitation = Extract<InputRequest, { method: 'elicitation/create' }>['params'];

function checkElicitation(params: Elicitation, { action, content }: JsonObject): boolean {
  if (action === 'decline' || action === 'cancel') return true;
  if (action !== 'accept') return false;
  if (params.mode === 'url') return true;
  return isObject(content) && fits(content, params.requestedSchema);
}

function fits(content: JsonObject, schema: JsonObject): boolean {
  try {
    return compileCheck(schema)(content).problems.length === 0;
  } catch {
    // A schema that does not compile asks for nothing that could be checked; the handler looks at the content itself.
    return true;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
