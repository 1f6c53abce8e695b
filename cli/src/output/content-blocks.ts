/** A content block for a person: text as it is, a medium as what and how large it is. */
export function renderBlock(block: Readonly<Record<string, unknown>>): string {
  const { type, text, data, mimeType, uri, name, title, resource } = block;
  switch (type) {
    case 'text':
      return String(text);
    case 'image':
    case 'audio':
      return renderMedium(mimeType, base64Size(data));
    case 'resource_link':
      return `[${String(title ?? name)}: ${String(uri)}]`;
    case 'resource':
      return renderResource(isObject(resource) ? resource : {});
    default:
      return JSON.stringify(block);
  }
}

/** `[image/png, 12 kB]` */
export function renderMedium(mimeType: unknown, bytes: number): string {
  return `[${typeof mimeType === 'string' ? mimeType : 'bytes'}, ${renderSize(bytes)}]`;
}

/** How many bytes a base64 text stands for. */
export function base64Size(data: unknown): number {
  return typeof data === 'string' ? Buffer.byteLength(data, 'base64') : 0;
}

/** `68 bytes`, `12 kB`, `1.2 MB` */
export function renderSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const [number, unit] = bytes < 999_500 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${number < 9.95 ? Number(number.toFixed(1)) : Math.round(number)} ${unit}`;
}

function renderResource({ uri, mimeType, text, blob }: Readonly<Record<string, unknown>>): string {
  if (typeof text === 'string') return `[${String(uri)}]\n${text}`;
  return `[${String(uri)}: ${typeof mimeType === 'string' ? `${mimeType}, ` : ''}${renderSize(base64Size(blob))}]`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
