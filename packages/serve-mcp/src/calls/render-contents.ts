import type { ReadResourceResult } from '@modelcontextprotocol/server';
import type { ContentBlock } from '@mxcp-ts/engine';
import type { ResourceDefinition } from '@mxcp-ts/project';
import type { Outcome } from '@mxcp-ts/runtime';
import type { MediaPlaces } from './media-places.ts';

type Contents = ReadResourceResult['contents'][number];

/** The content of a resource: bytes as a blob, text as it is, other values as JSON; content blocks each in its own way. */
export function renderContents(
  { value, isBytes, rich }: Extract<Outcome, { kind: 'ok' }>,
  uri: string,
  mimeType: ResourceDefinition['mimeType'],
  media: MediaPlaces | undefined,
): ReadResourceResult {
  const meta = rich?.meta === undefined ? {} : { _meta: rich.meta };
  if (rich?.isWhole === true) return { contents: rich.content.map(block => contentsOf(block, uri, mimeType)), ...meta };
  const isBlob = isBytes === true || (media?.mimeType !== undefined && media.isText !== true);
  if (isBlob && typeof value === 'string') {
    const type = mimeType ?? media?.mimeType ?? 'application/octet-stream';
    return { contents: [{ uri, mimeType: type, blob: value }], ...meta };
  }
  if (typeof value === 'string')
    return { contents: [{ uri, mimeType: mimeType ?? media?.mimeType ?? 'text/plain', text: value }], ...meta };
  return { contents: [{ uri, mimeType: mimeType ?? 'application/json', text: JSON.stringify(value) }], ...meta };
}

function contentsOf(block: ContentBlock, uri: string, mimeType: string | undefined): Contents {
  const meta = block._meta === undefined ? {} : { _meta: block._meta };
  switch (block.type) {
    case 'text':
      return { uri, mimeType: mimeType ?? 'text/plain', text: block.text, ...meta };
    case 'image':
    case 'audio':
      return { uri, mimeType: block.mimeType, blob: block.data, ...meta };
    case 'resource':
      return block.resource;
    case 'resource_link':
      return { uri, mimeType: 'text/uri-list', text: block.uri, ...meta };
  }
}
