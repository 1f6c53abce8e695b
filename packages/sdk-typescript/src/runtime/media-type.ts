/**
 * The media type of an image or a sound by its first bytes; undefined when they are of no format that is known here.
 *
 * @param base64 - of the whole; only its start is looked at
 */
export function findMediaType(base64: string): string | undefined {
  // Characters of one byte each, so that formats can be written as they are in their specifications.
  const start = Buffer.from(base64.slice(0, 24), 'base64').toString('latin1');
  return formats.find(([, pattern]) => pattern.test(start))?.[0];
}

const formats: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG\r\n.\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['audio/wav', /^RIFF.{4}WAVE/s],
  // A tag, or a frame of layer III.
  ['audio/mpeg', /^(?:ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
  ['audio/ogg', /^OggS/],
  ['audio/flac', /^fLaC/],
];

/** @throws TypeError for what is not of the form `type/subtype` */
export function checkMediaType(what: string, mimeType: unknown): string {
  if (typeof mimeType === 'string' && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;.*)?$/.test(mimeType)) return mimeType;
  throw new TypeError(`The media type given to ${what} must be of the form image/png.`);
}
