import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';

/** Why a client could not be given what a prompt gave, as a sentence; undefined when it could. */
export function findPromptProblem({ value, rich }: Extract<Outcome, { kind: 'ok' }>): string | undefined {
  // Content blocks of the SDKs, which are checked before they get here.
  if (rich?.isWhole === true) return undefined;
  const messages = Array.isArray(value) ? value : [value];
  for (const [index, message] of messages.entries()) {
    const problem = problemOf(message);
    if (problem !== undefined) return `Message ${index + 1} of the prompt ${problem}.`;
  }
  return undefined;
}

/** How a prompt has to be. */
export const promptRule =
  'A prompt gives content blocks, a text, or a list of {role, content} where the role is "user" or "assistant".';

function problemOf(message: JsonValue): string | undefined {
  if (typeof message === 'string') return undefined;
  if (!isObject(message)) return 'is neither a text nor {role, content}';
  const { role = 'user', text, content = text } = message;
  if (role !== 'user' && role !== 'assistant') return `has the role ${JSON.stringify(role)}`;
  if (typeof content === 'string' || isBlock(content)) return undefined;
  return content === undefined ? 'has no content' : 'has content that is neither a text nor a content block';
}

function isBlock(value: JsonValue | undefined): boolean {
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

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
