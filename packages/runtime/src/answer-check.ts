import type { InputRequest } from '@mxcp-ts/engine';
import { type Check, compileCheck, type JsonObject, type JsonValue } from '@mxcp-ts/values';

/**
 * Whether an answer fits its question. One that does not is asked for again: the client may be showing a form to a person.
 */
export type AnswerCheck = (request: InputRequest, answer: JsonValue) => boolean;

/** Forms are mostly written down in code, so the same few come again and again, and a run checks all its answers anew. */
const keptForms = 100;

/** One for a whole server: it remembers the forms it has compiled. */
export function createAnswerCheck(): AnswerCheck {
  const checks = new Map<string, Check>();
  const checkFor = (schema: JsonObject): Check => {
    const text = JSON.stringify(schema);
    const check = checks.get(text) ?? compileCheck(schema);
    checks.delete(text);
    checks.set(text, check);
    const [oldest] = checks.keys();
    if (checks.size > keptForms && oldest !== undefined) checks.delete(oldest);
    return check;
  };
  return (request, answer) => {
    if (!isObject(answer)) return false;
    switch (request.method) {
      case 'elicitation/create':
        return isElicited(request.params, answer, checkFor);
      case 'sampling/createMessage':
        return typeof answer['role'] === 'string' && isContent(answer['content']);
      case 'roots/list':
        return Array.isArray(answer['roots']) && answer['roots'].every(isRoot);
    }
  };
}

type Elicitation = Extract<InputRequest, { method: 'elicitation/create' }>['params'];

function isElicited(params: Elicitation, { action, content }: JsonObject, checkFor: (schema: JsonObject) => Check) {
  if (action === 'decline' || action === 'cancel') return true;
  if (action !== 'accept') return false;
  if (params.mode === 'url') return true;
  return isObject(content) && fits(content, checkFor(params.requestedSchema));
}

function fits(content: JsonObject, check: Check): boolean {
  try {
    return check(content).problems.length === 0;
  } catch {
    // A schema that does not compile asks for nothing that could be checked; the handler looks at the content itself.
    return true;
  }
}

/** What a model gives: one block, or a list of them. */
function isContent(content: JsonValue | undefined): boolean {
  return Array.isArray(content) ? content.every(isBlock) : isBlock(content);
}

function isBlock(block: JsonValue | undefined): boolean {
  if (!isObject(block) || typeof block['type'] !== 'string') return false;
  return block['type'] !== 'text' || typeof block['text'] === 'string';
}

function isRoot(root: JsonValue): boolean {
  return isObject(root) && typeof root['uri'] === 'string';
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
