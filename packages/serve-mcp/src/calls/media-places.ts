import type { ContentBlock } from '@mxcp-ts/engine';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { isBinaryMedia, type JsonObject, type JsonValue } from '@mxcp-ts/values';

/** Where values of a declared type hold media: text or base64 of a `contentMediaType`. */
export interface MediaPlaces {
  /** Of the value itself. */
  readonly mimeType?: string;
  readonly isText?: boolean;
  readonly items?: MediaPlaces;
  readonly properties?: ReadonlyMap<string, MediaPlaces>;
}

/** Undefined for a type without media, as most are. */
export function mediaPlacesOf(type: TypeDefinition | undefined): MediaPlaces | undefined {
  if (type === undefined) return undefined;
  const { contentMediaType: mimeType } = type;
  if (mimeType !== undefined) return { mimeType, isText: !isBinaryMedia(type) };
  const items = mediaPlacesOf(type.items);
  if (items !== undefined) return { items };
  const properties = new Map<string, MediaPlaces>();
  for (const [name, property] of Object.entries(type.properties ?? {})) {
    const places = mediaPlacesOf(property);
    if (places !== undefined) properties.set(name, places);
  }
  return properties.size === 0 ? undefined : { properties };
}

export interface TakenMedia {
  /** The value, with a short note in place of each medium. */
  readonly rest: JsonValue;
  readonly blocks: readonly ContentBlock[];
}

/**
 * Takes the media out of a value, as blocks in their order.
 *
 * @param uri - of the value, for blocks that need one
 */
export function takeMedia(value: JsonValue, places: MediaPlaces, uri: string): TakenMedia {
  const blocks: ContentBlock[] = [];
  const rest = take(value, places, uri, blocks);
  return { rest, blocks };
}

function take(value: JsonValue, places: MediaPlaces, uri: string, blocks: ContentBlock[]): JsonValue {
  const { mimeType, items, properties } = places;
  if (mimeType !== undefined) {
    if (typeof value !== 'string') return value;
    blocks.push(blockOf(value, mimeType, places.isText === true, uri));
    return `(${mimeType}, block ${blocks.length})`;
  }
  if (items !== undefined && Array.isArray(value))
    return value.map((item, index) => take(item, items, `${uri}/${index}`, blocks));
  if (properties === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const rest: JsonObject = { ...value };
  for (const [name, place] of properties) {
    const property = Object.hasOwn(value, name) ? value[name] : undefined;
    if (property !== undefined) rest[name] = take(property, place, `${uri}/${encodeURIComponent(name)}`, blocks);
  }
  return rest;
}

function blockOf(value: string, mimeType: string, isText: boolean, uri: string): ContentBlock {
  if (isText) return { type: 'resource', resource: { uri, mimeType, text: value } };
  if (mimeType.startsWith('image/')) return { type: 'image', data: value, mimeType };
  if (mimeType.startsWith('audio/')) return { type: 'audio', data: value, mimeType };
  return { type: 'resource', resource: { uri, mimeType, blob: value } };
}
