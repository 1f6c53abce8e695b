import type { JsonObject, JsonValue } from '@mxcp-ts/values';

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
    .map(({ role, content }) => `${role}:\n${describe(content)}`)
    .join('\n\n');
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

function describe(content: JsonObject): string {
  const { type, text, mimeType, uri, resource } = content;
  if (type === 'text') return String(text);
  if (type === 'resource' && isObject(resource))
    return `[${String(resource['uri'])}]\n${String(resource['text'] ?? '')}`;
  return `[${[type, mimeType, uri].filter(part => part !== undefined).join(' ')}]`;
}

function textBlock(text: string): JsonObject {
  return { type: 'text', text };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
