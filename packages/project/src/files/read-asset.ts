import { readFileSync } from 'node:fs';
import { findStat } from './find-stat.ts';
import type { Found, ProjectFolder } from './project-folder.ts';
import { findUnlike } from './unlike-media-type.ts';

export interface AssetRequest {
  /** As a person wrote it. */
  readonly file: string;
  /** Absolute path of the folder it is relative to. */
  readonly from: string;
  /** The start of media types that will do: `image/`. */
  readonly family: string;
  readonly mimeType: string | undefined;
  readonly maxBytes: number;
}

export interface Asset {
  /** Base64. */
  readonly data: string;
  readonly mimeType: string;
}

export type AssetRead =
  | { readonly ok: true; readonly asset: Asset }
  | { readonly ok: false; readonly message: string; readonly hint: string | undefined };

/** The bytes of a picture or a sound in the project. */
export function readAsset(request: AssetRequest, folder: ProjectFolder): AssetRead {
  const { file, from, maxBytes } = request;
  const found = folder.find(file, from);
  if (!found.ok) return notFound(file, found);
  const mimeType = request.mimeType ?? mimeTypeOf(file);
  if (mimeType?.startsWith(request.family) !== true) {
    const message = `The suffix of ${file} does not say what it holds.`;
    return { ok: false, message, hint: `Write the \`mime_type\`, like ${examples[request.family]}.` };
  }
  const stat = findStat(found.path.absolute);
  // Reading a pipe or a device would never end.
  if (stat?.isFile() !== true) return { ok: false, message: `${file} is not a file.`, hint: undefined };
  const { size } = stat;
  if (size > maxBytes) {
    const message = `The file ${file} has ${size} bytes; at most ${maxBytes} are allowed.`;
    return { ok: false, message, hint: 'Make it smaller.' };
  }
  try {
    const bytes = readFileSync(found.path.absolute);
    const unlike = findUnlike(bytes, mimeType);
    if (unlike !== undefined) return { ok: false, message: `The file ${file} ${unlike.message}.`, hint: unlike.hint };
    return { ok: true, asset: { data: bytes.toString('base64'), mimeType } };
  } catch {
    return { ok: false, message: `The file ${file} cannot be read.`, hint: undefined };
  }
}

function notFound(file: string, { problem, hint }: Found & { ok: false }): AssetRead {
  const words = { missing: 'does not exist', outside: 'lies outside the project', folder: 'is a folder' };
  return { ok: false, message: `The file ${file} ${words[problem]}.`, hint };
}

const examples: Readonly<Record<string, string>> = { 'image/': 'image/png', 'audio/': 'audio/mpeg' };

const mimeTypes: Readonly<Record<string, string | undefined>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.avif': 'image/avif',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.m4a': 'audio/mp4',
};

function mimeTypeOf(file: string): string | undefined {
  return mimeTypes[/\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? ''];
}
