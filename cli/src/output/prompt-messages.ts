import type { JsonValue } from '@mxcp-ts/values';

interface Message {
  readonly role: string;
  readonly text: string;
}

/** The messages of a prompt as programs know them from the original: `[{"prompt": …, "role": …, "type": "text"}]`. */
export function promptMessages(value: JsonValue): JsonValue {
  return messagesOf(value).map(({ role, text }) => ({ prompt: text, role, type: 'text' }));
}

/** The messages of a prompt for a person: each below the name of its role. */
export function renderPrompt(value: JsonValue): string {
  return messagesOf(value)
    .map(({ role, text }) => `${role}:\n${text}`)
    .join('\n\n');
}

function messagesOf(value: JsonValue): readonly Message[] {
  const messages: unknown[] = Array.isArray(value) ? value : [];
  return messages.filter(isMessage);
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'role' in value && 'text' in value;
}
