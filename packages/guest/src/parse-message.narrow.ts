import type { GuestToHost } from './protocol.ts';

/** Reads one line of a guest, or gives undefined when it is no message. Checks what the host relies on to route it. */
export function parseGuestMessage(line: string): GuestToHost | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isGuestMessage(message) ? message : undefined;
}

function isGuestMessage(message: unknown): message is GuestToHost {
  if (typeof message !== 'object' || message === null) return false;
  const { type, id, value, error, sql, text, modules, handlers, hooks } = message as Record<string, unknown>;
  switch (type) {
    case 'result':
      return Number.isInteger(id) && value !== undefined;
    case 'failure':
      return Number.isInteger(id) && typeof error === 'object' && error !== null;
    case 'execute':
      return Number.isInteger(id) && typeof sql === 'string';
    case 'pong':
      return Number.isInteger(id);
    case 'log':
      return typeof text === 'string';
    case 'started':
      return Array.isArray(modules) && Array.isArray(handlers) && Array.isArray(hooks);
    case 'stopped':
      return Array.isArray(hooks);
    default:
      return false;
  }
}
