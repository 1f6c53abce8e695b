import { readFileSync } from 'node:fs';
import { type Caller, readCaller } from '@mxcp-ts/admin';
import { MxcpError } from '@mxcp-ts/diagnostics';

export interface CallerOptions {
  /** JSON, or `@file`. */
  readonly userContext?: string;
  readonly requestHeaders?: string;
}

/**
 * Who a call is made for, as `--user-context` and `--request-headers` say. An empty text counts as not given.
 *
 * @throws MxcpError `usage` for what is no JSON, cannot be read, or has another shape
 */
export function readCallerOptions({ userContext, requestHeaders }: CallerOptions): Caller {
  const user = readJson('--user-context', userContext, '{"username": "ada"}');
  const headers = readJson('--request-headers', requestHeaders, '{"X-Team": "ops"}');
  const read = readCaller({ ...(user !== undefined && { user }), ...(headers !== undefined && { headers }) });
  if (!read.ok) throw new MxcpError('usage', read.problem);
  return read.caller;
}

function readJson(option: string, text: string | undefined, example: string): unknown {
  if (text === undefined || text === '') return undefined;
  const path = text.startsWith('@') ? text.slice(1) : undefined;
  const json = path === undefined ? text : readText(option, path);
  try {
    return JSON.parse(json);
  } catch {
    // The error would quote the text, which may hold a token.
    const what = path === undefined ? `The value of ${option}` : `The file ${path} of ${option}`;
    const hint = `Give an object such as '${example}', or @file.json.`;
    throw new MxcpError('usage', `${what} is not valid JSON.`, { hint });
  }
}

function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MxcpError('usage', `The file ${path} of ${option} cannot be read.`, { cause });
  }
}
