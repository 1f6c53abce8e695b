import { LOG_LEVEL_META_KEY } from '@modelcontextprotocol/server';
import { isRecord } from '../is-record.ts';

/** Whether the client of this request wants to hear of it before the answer: progress, or log messages. */
export function asksForMessages(message: unknown): boolean {
  const meta = metaOf(message);
  return meta !== undefined && (meta['progressToken'] !== undefined || meta[LOG_LEVEL_META_KEY] !== undefined);
}

/** Whether the client of this request, or of one in a batch, wants to hear of its progress. */
export function hasProgressToken(message: unknown): boolean {
  return Array.isArray(message) ? message.some(hasProgressToken) : metaOf(message)?.['progressToken'] !== undefined;
}

function metaOf(message: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(message) && isRecord(message['params']) && isRecord(message['params']['_meta'])
    ? message['params']['_meta']
    : undefined;
}
