import type { IncomingMessage } from 'node:http';
import { isJsonContentType } from '@modelcontextprotocol/server';
import { isNestedTooDeep, maxNesting } from '../nesting.ts';
import type { JsonRpcRefusal } from './json-rpc-error.ts';

export type ReadMessage =
  | { readonly kind: 'message'; readonly message: unknown }
  /** The request has no body by its method. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly refusal: JsonRpcRefusal }
  /** The client hung up. */
  | { readonly kind: 'gone' };

/** Reads the JSON that a request carries, once: the SDK gets the parsed value. */
export function readMessage(req: IncomingMessage, maxBytes: number): Promise<ReadMessage> {
  if (req.method !== 'POST') return Promise.resolve({ kind: 'none' });
  if (!isJsonContentType(req.headers['content-type'] ?? null)) {
    return Promise.resolve(refuse(415, -32_000, 'The Content-Type must be application/json.'));
  }
  return readBody(req, maxBytes);
}

/**
 * What is too large is read on and dropped, up to eight times the limit: most clients read no answer before they have
 * sent everything, and would report a broken connection instead.
 */
function readBody(req: IncomingMessage, maxBytes: number): Promise<ReadMessage> {
  const tooLarge = () => refuse(413, -32_000, `The body is larger than ${maxBytes} bytes.`);
  return new Promise(resolve => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks = [];
      if (bytes > maxBytes * 8) {
        resolve(tooLarge());
        req.pause();
      }
    });
    req.on('end', () => resolve(bytes > maxBytes ? tooLarge() : parse(textOf(chunks))));
    req.on('error', () => resolve(gone));
    req.on('close', () => resolve(gone));
  });
}

const gone: ReadMessage = { kind: 'gone' };

function parse(text: string): ReadMessage {
  try {
    const message: unknown = JSON.parse(text);
    if (isNestedTooDeep(text)) return refuse(400, -32_600, `The body is nested deeper than ${maxNesting} levels.`);
    return { kind: 'message', message };
  } catch {
    return refuse(400, -32_700, 'The body is not valid JSON.');
  }
}

function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString();
}

function refuse(status: number, code: number, message: string): ReadMessage {
  return {
    kind: 'refused',
    refusal: { status, code, message, ...(status === 413 && { headers: { connection: 'close' } }) },
  };
}
