import type { TypeDefinition } from '@mxcp-ts/schemas';

/** Whether a string of this type is the base64 of a medium: its type is not one of text, or it is said to be encoded. */
export function isBinaryMedia({ contentMediaType, contentEncoding }: TypeDefinition): boolean {
  if (contentEncoding === 'base64') return true;
  return contentMediaType !== undefined && !isTextual(contentMediaType);
}

function isTextual(mimeType: string): boolean {
  return /^text\/|[/+](?:json|xml|yaml|javascript)\b|^image\/svg\+xml/.test(mimeType);
}

/** As RFC 4648 has it, padded, without line breaks: what MCP's clients take. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
