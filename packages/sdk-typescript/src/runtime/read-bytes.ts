/** Bytes, or their base64. */
export type BinaryData = Uint8Array | ArrayBuffer | string;

/** @throws TypeError for text that is not base64, and for what is neither text nor bytes */
export function base64Of(what: string, data: unknown): string {
  if (typeof data === 'string') return checkBase64(what, data.replace(/\s+/g, ''));
  if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return Buffer.from(data).toString('base64');
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  throw new TypeError(`${what} needs bytes (a Uint8Array or an ArrayBuffer) or their base64.`);
}

function checkBase64(what: string, text: string): string {
  if (text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''))) return text;
  throw new TypeError(`${what} was given text that is not base64.`);
}
