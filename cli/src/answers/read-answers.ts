import { readFileSync } from 'node:fs';
import { MxcpError } from '@mxcp-ts/diagnostics';

/**
 * What `--answer` says, as text by key. `key=@file` is the text of a file, `key=@@x` the text `@x`.
 *
 * @throws MxcpError `usage` for a file that cannot be read, and for two answers under one key
 */
export function readAnswers(pairs: readonly string[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at);
    if (answers.has(key)) {
      throw new MxcpError('usage', `--answer gives two answers to "${key}".`, { hint: 'Keep one of them.' });
    }
    answers.set(key, readText(pair.slice(at + 1)));
  }
  return answers;
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
