import type { GetPromptResult } from '@modelcontextprotocol/server';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { asContent } from './render-tool-result.ts';
import { UnfitResult } from './unfit-result.ts';

type Message = GetPromptResult['messages'][number];

/**
 * The messages of a prompt: a text, content blocks, or a list of `{role, content}` whose content is a text or a block; `text`
 * stands for a text too.
 *
 * @throws UnfitResult for anything else
 */
export function renderMessages(
  { value, rich }: Extract<Outcome, { kind: 'ok' }>,
  name: string,
): Pick<GetPromptResult, 'messages' | '_meta'> {
  const meta = rich?.meta === undefined ? {} : { _meta: rich.meta };
  if (rich?.isWhole === true) {
    return { messages: asContent(rich.content).map((content): Message => ({ role: 'user', content })), ...meta };
  }
  const messages = (Array.isArray(value) ? value : [value]).map(readMessage);
  if (!messages.every(message => message !== undefined)) {
    const wanted = 'a text, or a list of {role, content} where the role is "user" or "assistant"';
    throw new UnfitResult(`the prompt ${name}`, `A prompt gives content blocks, ${wanted}.`);
  }
  return { messages, ...meta };
}

function readMessage(value: JsonValue): Message | undefined {
  if (typeof value === 'string') return { role: 'user', content: { type: 'text', text: value } };
  if (isObject(value)) {
    const { role = 'user', text, content = text } = value;
    if (role === 'user' || role === 'assistant') {
      if (typeof content === 'string') return { role, content: { type: 'text', text: content } };
      if (isBlock(content)) return { role, content };
    }
  }
  return undefined;
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
