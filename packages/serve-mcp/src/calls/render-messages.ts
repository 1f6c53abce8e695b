import type { GetPromptResult } from '@modelcontextprotocol/server';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { asContent } from './render-tool-result.ts';

type Message = GetPromptResult['messages'][number];

/**
 * The messages of a prompt: a text, content blocks, or a list of `{role, content}` whose content is a text or a block; `text`
 * stands for a text too.
 *
 * @throws Error for anything else, which is its author's mistake and goes into the log
 */
export function renderMessages({
  value,
  rich,
}: Extract<Outcome, { kind: 'ok' }>): Pick<GetPromptResult, 'messages' | '_meta'> {
  const meta = rich?.meta === undefined ? {} : { _meta: rich.meta };
  if (rich?.isWhole === true) {
    return { messages: asContent(rich.content).map((content): Message => ({ role: 'user', content })), ...meta };
  }
  return { messages: Array.isArray(value) ? value.map(readMessage) : [readMessage(value)], ...meta };
}

function readMessage(value: JsonValue): Message {
  if (typeof value === 'string') return { role: 'user', content: { type: 'text', text: value } };
  if (isObject(value)) {
    const { role = 'user', text, content = text } = value;
    if (role === 'user' || role === 'assistant') {
      if (typeof content === 'string') return { role, content: { type: 'text', text: content } };
      if (isBlock(content)) return { role, content };
    }
  }
  throw new Error('A prompt gives a text, or a list of {role, content} where the role is "user" or "assistant".');
}

function isBlock(value: JsonValue | undefined): value is JsonObject & Message['content'] {
  if (!isObject(value)) return false;
  switch (value['type']) {
    case 'text':
      return typeof value['text'] === 'string';
    case 'image':
    case 'audio':
      return typeof value['data'] === 'string' && typeof value['mimeType'] === 'string';
    case 'resource':
      return isObject(value['resource']) && typeof value['resource']['uri'] === 'string';
    case 'resource_link':
      return typeof value['uri'] === 'string' && typeof value['name'] === 'string';
    default:
      return false;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
