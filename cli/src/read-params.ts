import { readFileSync } from 'node:fs';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { JsonObject } from '@mxcp-ts/values';

/**
 * Arguments from `name=value` pairs; the last of a name wins. A value stays text, for the endpoint's own types to read;
 * `name=@file.json` is the JSON of a file.
 *
 * @throws MxcpError `usage` for a file that cannot be read as JSON
 */
export function readParams(pairs: readonly string[]): JsonObject {
  const entries = pairs.map((pair): [string, JsonObject[string]] => {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    return [pair.slice(0, at), value.startsWith('@') ? readJsonFile(value.slice(1)) : value];
  });
  return Object.fromEntries(entries);
}

function readJsonFile(path: string): JsonObject[string] {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'does not hold valid JSON' : 'cannot be read';
    throw new MxcpError('usage', `The file ${path} ${reason}.`, { cause });
  }
}
