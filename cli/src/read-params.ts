import { readFileSync } from 'node:fs';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { JsonObject } from '@mxcp-ts/values';

/**
 * Arguments from `name=value` pairs; the last of a name wins. A value stays text, for the endpoint's own types to read;
 * `name=@file.json` is the JSON of a file, `name=@@x` the text `@x`.
 *
 * @throws MxcpError `usage` for a file that cannot be read as JSON
 */
export function readParams(pairs: readonly string[]): JsonObject {
  return Object.fromEntries(
    pairs.map((pair): [string, JsonObject[string]] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), readValue(pair.slice(at + 1))];
    }),
  );
}

function readValue(text: string): JsonObject[string] {
  if (text.startsWith('@@')) return text.slice(1);
  return text.startsWith('@') ? readJsonFile(text.slice(1)) : text;
}

function readJsonFile(path: string): JsonObject[string] {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new MxcpError('usage', `The file ${path} does not hold valid JSON.`, { cause });
    throw new MxcpError('usage', `The file ${path} cannot be read.`, {
      hint: `A value that starts with @ names a file; for the text itself write @@${path}.`,
      cause,
    });
  }
}
