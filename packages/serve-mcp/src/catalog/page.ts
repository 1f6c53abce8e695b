import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** One page of a list, as MCP names its parts. */
export interface Page<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export type PageReader<T> = (cursor: string | undefined) => Page<T>;

/**
 * Cuts a list into pages, once. A cursor is only good for the generation that gave it: after a reload the list may have
 * changed under it, so the client is told to start again rather than shown a list with holes.
 */
export function paginate<T>(items: readonly T[], generation: number, pageSize: number): PageReader<T> {
  const pages = new Map<string | undefined, Page<T>>();
  for (let start = 0; start === 0 || start < items.length; start += pageSize) {
    const end = start + pageSize;
    const cursor = start === 0 ? undefined : cursorAt(generation, start);
    const rest = end < items.length ? { nextCursor: cursorAt(generation, end) } : {};
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

function cursorAt(generation: number, offset: number): string {
  return Buffer.from(`${generation}:${offset}`).toString('base64url');
}
