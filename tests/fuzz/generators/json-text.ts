/** JSON that JavaScript values cannot hold, or what only resembles JSON: `1e999`, `NaN`, a key twice, half a character. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | number | string | RawJson | readonly Json[] | { readonly [key: string]: Json };

/** The text of a document, raw parts as they are. */
export function writeJson(value: Json): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (isMapping(value)) return `{${Object.entries(value).map(writeEntry).join(',')}}`;
  return JSON.stringify(value);
}

export function isMapping(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawJson);
}

function writeEntry([key, value]: readonly [string, Json]): string {
  return `${JSON.stringify(key)}:${writeJson(value)}`;
}
