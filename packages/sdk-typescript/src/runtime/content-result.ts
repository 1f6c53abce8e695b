import type { ContentBlock } from './content-block.ts';

/** See `blockMark`. */
const resultMark: unique symbol = Symbol.for('mxcp-ts.content-result.1');

/** A value with content blocks beside it. Made by `content.result`. */
export interface ContentResult<T> {
  readonly value: T;
  readonly content: readonly ContentBlock[];
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  readonly [resultMark]: true;
}

class MarkedResult {
  get [resultMark](): true {
    return true;
  }
}

export function markResult<T>(fields: Pick<ContentResult<T>, 'value' | 'content' | 'meta'>): ContentResult<T> {
  return Object.freeze(Object.assign(new MarkedResult(), fields));
}

/** Whether a value was made by `content.result`, of whichever copy. */
export function isContentResult(value: unknown): value is ContentResult<unknown> {
  return typeof value === 'object' && value !== null && resultMark in value;
}
