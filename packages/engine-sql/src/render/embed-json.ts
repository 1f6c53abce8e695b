import { renderNumberText } from '@mxcp-ts/values';

const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The content of a JSON column as a piece of JSON text. Numbers that a double cannot hold become text; what is not
 * strict JSON (DuckDB lets NaN and Infinity pass) stays the string it is.
 */
export function embedJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return JSON.stringify(text);
  }
  if (!/\d{16}|\d[eE.]/.test(text)) return text;
  return text.replace(textOrNumber, token => {
    if (token.startsWith('"')) return token;
    const rendered = renderNumberText(token, undefined);
    return rendered.ok && typeof rendered.value === 'string' ? `"${token}"` : token;
  });
}
