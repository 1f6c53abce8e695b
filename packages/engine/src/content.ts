import type { JsonObject } from '@mxcp-ts/values';

/** One piece of what a client shows, in the shapes of MCP. `data` and `blob` are base64. */
export type ContentBlock = ContentBody & {
  readonly annotations?: ContentAnnotations;
  readonly _meta?: JsonObject;
};

type ContentBody =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'audio'; readonly data: string; readonly mimeType: string }
  | { readonly type: 'resource'; readonly resource: EmbeddedResource }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly title?: string;
      readonly description?: string;
      readonly mimeType?: string;
      /** Bytes. */
      readonly size?: number;
    };

export type EmbeddedResource = { readonly uri: string; readonly mimeType?: string; readonly _meta?: JsonObject } & (
  | { readonly text: string }
  | { readonly blob: string }
);

/** Hints for the client on what to do with a block. */
export interface ContentAnnotations {
  readonly audience?: readonly ('user' | 'assistant')[];
  /** From 0, optional, to 1, required. */
  readonly priority?: number;
  /** ISO 8601. */
  readonly lastModified?: string;
}
