import { createHash } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** One page of a list, as MCP names its parts. */
export interface Page<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export type PageReader<T> = (cursor: string | undefined) => Page<T>;

/**
 * Cuts a list into pages, once. A cursor is only good for a list like the one that gave it, in this process or in another:
 * otherwise the client is told to start again rather than shown a list with holes.
 */
export function paginate<T>(items: readonly T[], pageSize: number): PageReader<T> {
  const version = items.length > pageSize ? versionOf(items) : '';
  const pages = new Map<string | undefined, Page<T>>();
  for (let start = 0; start === 0 || start < items.length; start += pageSize) {
    const end = start + pageSize;
    const cursor = start === 0 ? undefined : cursorAt(version, start);
    const rest = end < items.length ? { nextCursor: cursorAt(version, end) } : {};
    pages.set(cursor, Object.freeze({ items: items.slice(start, end), ...rest }));
  }
  return cursor => {
    const page = pages.get(cursor);
    if (page === undefined) {
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        'The cursor is not valid (any more). List again from the start.',
      );
    }
    return page;
  };
}

function versionOf(items: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16);
}

function cursorAt(version: string, offset: number): string {
  return Buffer.from(`${version}:${offset}`).toString('base64url');
}
