import type { GuestToHost } from './protocol.ts';

/** A message as the host takes it in: the values of a SQL function stay text, since they only pass through. */
export type ReceivedMessage =
  | Exclude<GuestToHost, { type: 'applied' }>
  | { readonly type: 'applied'; readonly id: number; readonly json: string };

/** Reads one line of a guest, or gives undefined when it is no message. Checks what the host relies on to route it. */
export function parseGuestMessage(line: string): ReceivedMessage | undefined {
  const applied = parseApplied(line);
  if (applied !== undefined) return applied;
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isGuestMessage(message) ? message : undefined;
}

const appliedHead = '{"type":"applied","id":';

function parseApplied(line: string): ReceivedMessage | undefined {
  if (!line.startsWith(appliedHead)) return undefined;
  const comma = line.indexOf(',', appliedHead.length);
  const id = Number(line.slice(appliedHead.length, comma));
  const isWellFormed = line.startsWith('"values":[', comma + 1) && line.endsWith(']}');
  return Number.isInteger(id) && isWellFormed ? { type: 'applied', id, json: line.slice(comma + 10, -1) } : undefined;
}

function isGuestMessage(message: unknown): message is Exclude<ReceivedMessage, { type: 'applied' }> {
  if (typeof message !== 'object' || message === null) return false;
  const fields = message as Record<string, unknown>;
  const { type, id, value, error, text, modules, handlers, hooks, call } = fields;
  switch (type) {
    case 'result':
      return Number.isInteger(id) && (value !== undefined || Array.isArray(fields['content']));
    case 'failure':
      return Number.isInteger(id) && typeof error === 'object' && error !== null;
    case 'pong':
    case 'begin':
      return Number.isInteger(id);
    case 'execute':
    case 'end':
    case 'stream':
    case 'fetch':
    case 'close-stream':
    case 'append':
    case 'session':
    case 'reload':
    case 'ask':
      return Number.isInteger(id) && isQuestion(type, fields);
    case 'progress':
      return Number.isInteger(call) && typeof fields['progress'] === 'number';
    case 'notify':
      return Number.isInteger(call) && typeof fields['level'] === 'string';
    case 'announce':
      return isChange(fields['change']);
    case 'log':
      return typeof text === 'string';
    case 'started':
      return [modules, handlers, hooks, fields['plugins'], fields['functions']].every(Array.isArray);
    case 'stopped':
      return Array.isArray(hooks);
    case 'payload-done':
      return true;
    default:
      return false;
  }
}

function isQuestion(type: string, fields: Record<string, unknown>): boolean {
  switch (type) {
    case 'execute':
      return typeof fields['sql'] === 'string';
    case 'stream':
      return typeof fields['sql'] === 'string' && isCount(fields['batchRows']);
    case 'end':
      return isCount(fields['transaction']);
    case 'fetch':
    case 'close-stream':
      return isCount(fields['stream']);
    case 'append':
      return typeof fields['table'] === 'string' && hasRows(fields);
    case 'session':
      return typeof fields['do'] === 'string';
    case 'ask':
      return typeof fields['key'] === 'string' && isRequest(fields['request']);
    default:
      return typeof fields['description'] === 'string';
  }
}

function isRequest(request: unknown): boolean {
  if (!isRecord(request)) return false;
  switch (request['method']) {
    case 'elicitation/create':
    case 'sampling/createMessage':
      return isRecord(request['params']);
    case 'roots/list':
      return true;
    default:
      return false;
  }
}

function isChange(change: unknown): boolean {
  if (!isRecord(change)) return false;
  const { kind, uri } = change;
  return kind === 'resource' ? typeof uri === 'string' : kind === 'tools' || kind === 'prompts' || kind === 'resources';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasRows({ rows, bytes, count, columns }: Record<string, unknown>): boolean {
  return bytes === undefined ? Array.isArray(rows) : isCount(bytes) && isCount(count) && Array.isArray(columns);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
