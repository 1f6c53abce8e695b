import type { EndpointDefinition } from '@mxcp-ts/project';
import type { Outcome } from '@mxcp-ts/runtime';
import { isBinaryMedia, type JsonObject } from '@mxcp-ts/values';
import { promptBlocks } from '../../output/prompt-messages.ts';

/** A picture, a sound or a file of a result. */
export interface Medium {
  readonly mimeType: string | undefined;
  readonly bytes: Uint8Array;
}

type Good = Extract<Outcome, { kind: 'ok' }>;

/** The media of a result: those of its content blocks, else the value itself when it is bytes or text. */
export function mediaOf(outcome: Good, definition: EndpointDefinition): readonly Medium[] {
  const { value, rich } = outcome;
  const blocks = definition.kind === 'prompt' ? promptBlocks(value) : (rich?.content ?? []);
  const media = blocks.flatMap(mediaOfBlock);
  if (media.length > 0 || typeof value !== 'string' || definition.kind === 'prompt') return media;
  const mimeType = mimeTypeOf(definition);
  return [{ mimeType, bytes: Buffer.from(value, standsForBytes(outcome, definition) ? 'base64' : 'utf8') }];
}

/** Whether the value is the base64 of bytes: the handler gave bytes, or the declared type says so. */
export function standsForBytes({ isBytes, value }: Good, { returns }: EndpointDefinition): boolean {
  return isBytes === true || (typeof value === 'string' && returns !== undefined && isBinaryMedia(returns));
}

export function mimeTypeOf(definition: EndpointDefinition): string | undefined {
  const declared = definition.returns?.contentMediaType;
  return definition.kind === 'resource' ? (definition.mimeType ?? declared) : declared;
}

function mediaOfBlock(block: Readonly<Record<string, unknown>>): readonly Medium[] {
  const { type, data, mimeType, resource } = block;
  if (type === 'image' || type === 'audio') return [medium(mimeType, data, 'base64')];
  if (type !== 'resource' || typeof resource !== 'object' || resource === null) return [];
  const { mimeType: ofResource, text, blob } = resource as JsonObject;
  return [text === undefined ? medium(ofResource, blob, 'base64') : medium(ofResource, text, 'utf8')];
}

function medium(mimeType: unknown, text: unknown, encoding: 'base64' | 'utf8'): Medium {
  return {
    mimeType: typeof mimeType === 'string' ? mimeType : undefined,
    bytes: Buffer.from(typeof text === 'string' ? text : '', encoding),
  };
}
