import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { renderBlock } from './content-blocks.ts';

interface Message {
  readonly role: JsonValue;
  readonly content: JsonObject;
}

/** The messages of a prompt as programs know them from the original: `[{"prompt": …, "role": …, "type": "text"}]`. */
export function promptMessages(value: JsonValue): JsonValue {
  return messagesOf(value).map(({ role, content }) =>
    content['type'] === 'text' ? { prompt: content['text'] ?? '', role, type: 'text' } : { role, ...content },
  );
}

/** The messages of a prompt for a person: each below the name of its role. */
export function renderPrompt(value: JsonValue): string {
  return messagesOf(value)
    .map(({ role, content }) => `${role}:\n${renderBlock(content)}`)
    .join('\n\n');
}

/** What its messages hold. */
export function promptBlocks(value: JsonValue): readonly JsonObject[] {
  return messagesOf(value).map(({ content }) => content);
}

/** A prompt with a handler may also give a text, content blocks alone, or messages with a text in place of a block. */
function messagesOf(value: JsonValue): readonly Message[] {
  return (Array.isArray(value) ? value : [value]).flatMap(message => {
    if (typeof message === 'string') return [{ role: 'user', content: textBlock(message) }];
    if (!isObject(message)) return [];
    const { role = 'user', text, content = text } = message;
    if (typeof content === 'string') return [{ role, content: textBlock(content) }];
    if (isObject(content)) return [{ role, content }];
    return 'type' in message ? [{ role: 'user', content: message }] : [];
  });
}

function textBlock(text: string): JsonObject {
  return { type: 'text', text };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
