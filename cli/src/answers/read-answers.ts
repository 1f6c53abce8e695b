import { readFileSync } from 'node:fs';
import { MxcpError } from '@mxcp-ts/diagnostics';

/**
 * What `--answer` says, as text by key; the last of a key wins. `key=@file` is the text of a file, `key=@@x` the text `@x`.
 *
 * @throws MxcpError `usage` for a file that cannot be read
 */
export function readAnswers(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), readText(pair.slice(at + 1))];
    }),
  );
}

function readText(text: string): string {
  if (text.startsWith('@@')) return text.slice(1);
  if (!text.startsWith('@')) return text;
  const path = text.slice(1);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const hint = `An answer that starts with @ names a file; for the text itself write @@${path}.`;
    throw new MxcpError('usage', `The file ${path} of --answer cannot be read.`, { hint, cause });
  }
}
