import type { JsonObject, JsonValue, Problem, ResultShaper } from '@mxcp-ts/values';

/**
 * Shapes what the handler of a prompt gives into its messages, `[{role, content}]` with a content block each. It may give
 * one text, or a list of texts and of `{role, content}` whose content is a text or a block; `text` stands for a text too.
 */
export const shapeMessages: ResultShaper = (value, _exactNumbers, options) => {
  const given = Array.isArray(value) ? value : [value];
  const messages = given.map(readMessage);
  const problems = messages.flatMap((message, index): Problem[] =>
    typeof message === 'string' ? [{ pointer: `/${index}`, message }] : [],
  );
  if (problems.length === 0) return { ok: true, value: messages };
  return options?.isUnchecked === true ? { ok: true, value } : { ok: false, problems };
};

/** The message, or what is wrong with it. */
function readMessage(value: JsonValue): JsonObject | string {
  if (typeof value === 'string') return messageOf('user', value);
  if (!isObject(value)) return 'must be a text or {role, content}';
  const { role = 'user', text, content = text } = value;
  if (role !== 'user' && role !== 'assistant') return 'must have the role "user" or "assistant"';
  if (typeof content === 'string') return messageOf(role, content);
  return isBlock(content) ? { role, content } : 'must have content that is a text or a content block';
}

function messageOf(role: string, text: string): JsonObject {
  return { role, content: { type: 'text', text } };
}

function isBlock(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const { type, text, data, mimeType, resource, uri, name } = value;
  switch (type) {
    case 'text':
      return typeof text === 'string';
    case 'image':
    case 'audio':
      return typeof data === 'string' && typeof mimeType === 'string';
    case 'resource':
      return isObject(resource) && typeof resource['uri'] === 'string';
    case 'resource_link':
      return typeof uri === 'string' && typeof name === 'string';
    default:
      return false;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
