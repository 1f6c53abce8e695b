import type { CallToolResult, ContentBlock as SdkContentBlock } from '@modelcontextprotocol/server';
import type { ContentBlock } from '@mxcp-ts/engine';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import { type MediaPlaces, takeMedia } from './media-places.ts';

/** What is promised to clients about the results of a tool. */
export interface ToolPromise {
  readonly name: string;
  /** Whether there is an output schema, and with it structured content. */
  readonly isStructured: boolean;
  readonly media: MediaPlaces | undefined;
}

/** The result of a tool as clients see it: the value as text and, where a type is declared, as data; then its blocks. */
export function renderToolResult(
  { value, rich }: Extract<Outcome, { kind: 'ok' }>,
  promise: ToolPromise | undefined,
): CallToolResult {
  if (rich?.isWhole === true) return withMeta({ content: asContent(rich.content) }, rich.meta);
  const result =
    promise?.media === undefined
      ? renderValue(value, promise?.isStructured === true)
      : renderMedia(value, promise, promise.media);
  if (rich === undefined) return result;
  return withMeta({ ...result, content: [...result.content, ...asContent(rich.content)] }, rich.meta);
}

function renderValue(value: JsonValue, isStructured: boolean): CallToolResult {
  // JSON throws for what it cannot express, which must never reach the SDK: it would send nothing at all.
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { content: [{ type: 'text', text }], ...(isStructured && { structuredContent: value }) };
}

function renderMedia(value: JsonValue, { name, isStructured }: ToolPromise, media: MediaPlaces): CallToolResult {
  const { rest, blocks } = takeMedia(value, media, `mxcp://tools/${encodeURIComponent(name)}/result`);
  const isOnlyMedia = media.mimeType !== undefined && blocks.length > 0;
  const text = isOnlyMedia ? [] : renderValue(rest, isStructured).content;
  return { content: [...text, ...asContent(blocks)], ...(isStructured && { structuredContent: value }) };
}

function withMeta(result: CallToolResult, meta: CallToolResult['_meta']): CallToolResult {
  return meta === undefined ? result : { ...result, _meta: meta };
}

/** Ours are those of MCP, but readonly. */
export function asContent(blocks: readonly ContentBlock[]): SdkContentBlock[] {
  return blocks as SdkContentBlock[];
}
