/** Blocks are told from other values by this, since a package of the project may bring a copy of `content`. */
export const blockMark: unique symbol = Symbol.for('mxcp-ts.content.1');

/** One piece of what a client shows, as MCP has it: `data` and `blob` are base64. Made by `content`. */
export type ContentBlock = ContentFields & { readonly [blockMark]: true };

export type ContentFields = {
  readonly annotations?: ContentAnnotations;
  readonly _meta?: Readonly<Record<string, unknown>>;
} & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'audio'; readonly data: string; readonly mimeType: string }
  | {
      readonly type: 'resource';
      readonly resource: { readonly uri: string; readonly mimeType?: string } & (
        | { readonly text: string }
        | { readonly blob: string }
      );
    }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly title?: string;
      readonly description?: string;
      readonly mimeType?: string;
      /** Bytes. */
      readonly size?: number;
    }
);

export interface ContentAnnotations {
  readonly audience?: readonly ('user' | 'assistant')[];
  readonly priority?: number;
  readonly lastModified?: string;
}

/** Not plain data: what looks at results lets plain data pass without a second look. */
class MarkedBlock {
  get [blockMark](): true {
    return true;
  }
}

/** Frozen. */
export function markBlock(fields: ContentFields): ContentBlock {
  return Object.freeze(Object.assign(new MarkedBlock(), fields));
}

/** Whether a value was made by `content`, of whichever copy. */
export function isContentBlock(value: unknown): value is ContentBlock {
  return typeof value === 'object' && value !== null && blockMark in value;
}
