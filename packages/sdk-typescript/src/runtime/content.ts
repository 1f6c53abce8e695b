import { type ContentBlock, isContentBlock, markBlock } from './content-block.ts';
import { type ContentOptions, checkMeta, optionFields } from './content-options.ts';
import { type ContentResult, markResult } from './content-result.ts';
import { checkMediaType, findMediaType } from './media-type.ts';
import { type BinaryData, base64Of } from './read-bytes.ts';

/** A resource inside of a result: its text or its bytes. */
export type ResourceContent = { readonly uri: string | URL; readonly mimeType?: string } & (
  | { readonly text: string }
  | { readonly blob: BinaryData }
);

export interface LinkContent {
  readonly uri: string | URL;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** Bytes. */
  readonly size?: number;
}

/**
 * Makes content blocks, what clients show beside or instead of plain data. A handler returns one, an array that holds at
 * least one (texts in it become text blocks, other values their JSON), or `content.result`.
 */
export const content = Object.freeze({
  text(text: string, options: ContentOptions = {}): ContentBlock {
    const what = 'content.text';
    return markBlock({ type: 'text', text: textOf(what, 'text', text), ...optionFields(what, options) });
  },

  /**
   * @param data - bytes, or their base64
   * @param mimeType - may be left out for PNG, JPEG, GIF and WebP
   */
  image(data: BinaryData, mimeType?: string, options: ContentOptions = {}): ContentBlock {
    return mediaBlock('image', data, mimeType, options);
  },

  /**
   * @param data - bytes, or their base64
   * @param mimeType - may be left out for WAV, MP3, OGG and FLAC
   */
  audio(data: BinaryData, mimeType?: string, options: ContentOptions = {}): ContentBlock {
    return mediaBlock('audio', data, mimeType, options);
  },

  /** A resource with what is in it; the client need not read it. */
  resource(resource: ResourceContent, options: ContentOptions = {}): ContentBlock {
    const what = 'content.resource';
    const uri = uriOf(what, resource.uri);
    const body = bodyOf(what, resource);
    const mimeType = resource.mimeType ?? ('blob' in body ? findMediaType(body.blob) : undefined);
    return markBlock({
      type: 'resource',
      resource: Object.freeze({
        uri,
        ...(mimeType !== undefined && { mimeType: checkMediaType(what, mimeType) }),
        ...body,
      }),
      ...optionFields(what, options),
    });
  },

  /** Names a resource that the client may read. */
  link(link: LinkContent, options: ContentOptions = {}): ContentBlock {
    const what = 'content.link';
    const { title, description, mimeType, size } = link;
    if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0))
      throw new TypeError('`size` of content.link must be a number of bytes.');
    return markBlock({
      type: 'resource_link',
      uri: uriOf(what, link.uri),
      name: textOf(what, 'name', link.name),
      ...(title !== undefined && { title: textOf(what, 'title', title) }),
      ...(description !== undefined && { description: textOf(what, 'description', description) }),
      ...(mimeType !== undefined && { mimeType: checkMediaType(what, mimeType) }),
      ...(size !== undefined && { size }),
      ...optionFields(what, options),
    });
  },

  /**
   * A value, checked against the declared `return`, with blocks beside it.
   *
   * @param value - undefined: the blocks are the whole result
   * @param blocks - texts become text blocks
   * @param meta - goes to the client as `_meta` of the result
   */
  result<T>(
    value: T,
    blocks: readonly (ContentBlock | string)[] = [],
    { meta }: { readonly meta?: Readonly<Record<string, unknown>> } = {},
  ): ContentResult<T> {
    if (!Array.isArray(blocks)) throw new TypeError('content.result takes an array of content blocks and texts.');
    const listed: readonly unknown[] = blocks;
    return markResult({
      value,
      content: listed.map(blockOf),
      meta: meta === undefined ? undefined : checkMeta('content.result', meta),
    });
  },
});

function mediaBlock(
  type: 'image' | 'audio',
  bytes: BinaryData,
  mimeType: string | undefined,
  options: ContentOptions,
): ContentBlock {
  const what = `content.${type}`;
  const data = base64Of(what, bytes);
  const found = mimeType === undefined ? foundTypeOf(type, data) : namedTypeOf(type, mimeType);
  return markBlock({ type, data, mimeType: found, ...optionFields(what, options) });
}

function namedTypeOf(type: 'image' | 'audio', mimeType: string): string {
  const what = `content.${type}`;
  const named = checkMediaType(what, mimeType);
  if (named.toLowerCase().startsWith(`${type}/`)) return named;
  throw new TypeError(`${what} takes a media type that begins with ${type}/, not ${named}.`);
}

function foundTypeOf(type: 'image' | 'audio', data: string): string {
  const what = `content.${type}`;
  const found = findMediaType(data);
  if (found === undefined)
    throw new TypeError(`The media type of these bytes is not known. Name it: ${what}(data, '${type}/…').`);
  if (found.startsWith(`${type}/`)) return found;
  throw new TypeError(`${what} was given bytes of the media type ${found}.`);
}

function bodyOf(what: string, resource: ResourceContent): { readonly text: string } | { readonly blob: string } {
  const { text, blob }: { readonly text?: string; readonly blob?: BinaryData } = resource;
  if ((text === undefined) === (blob === undefined)) throw new TypeError(`${what} needs either \`text\` or \`blob\`.`);
  return blob === undefined ? { text: textOf(what, 'text', text) } : { blob: base64Of(what, blob) };
}

function uriOf(what: string, uri: unknown): string {
  const text = uri instanceof URL ? uri.href : uri;
  if (typeof text === 'string' && /^[a-z][a-z\d+.-]*:/i.test(text)) return text;
  throw new TypeError(`\`uri\` of ${what} must be a URI with a scheme, such as reports://2026/q1.`);
}

function textOf(what: string, name: string, text: unknown): string {
  if (typeof text === 'string') return text;
  throw new TypeError(`\`${name}\` of ${what} must be text.`);
}

function blockOf(item: unknown, index: number): ContentBlock {
  if (typeof item === 'string') return content.text(item);
  if (isContentBlock(item)) return item;
  throw new TypeError(`content.result takes content blocks and texts; item ${index} is neither.`);
}
