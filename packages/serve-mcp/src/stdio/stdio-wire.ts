import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  type JSONRPCMessage,
  ProtocolErrorCode,
  parseJSONRPCMessage,
  type RequestId,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/server';
import { urisToWatch, WatchedUris, watchLimits } from '../changes/watched-uris.ts';
import { isNestedTooDeep, maxNesting } from '../nesting.ts';
import { requestIdOf } from '../request-id.ts';
import { MessageLines } from './message-lines.ts';

export interface StdioStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/**
 * A pair of streams as a transport of the SDK. Unlike the SDK's own it answers what it cannot read, and ends only after
 * the last request that arrived before the end of stdin has been answered.
 */
export class StdioWire implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Settles when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
  /** By subscriptions of the 2026 revision, also of those that have ended: the SDK passes on what is still wanted. */
  readonly watched = new WatchedUris(watchLimits.perServer);
  readonly #stdin: Readable;
  readonly #stdout: Writable;
  readonly #lines: MessageLines;
  readonly #maxBytes: number;
  readonly #unanswered = new Set<RequestId>();
  /** Requests to a client of 2025 that it has not answered. */
  readonly #asked = new Set<RequestId>();
  #settleClosed: () => void = () => {};
  #isEnding = false;
  #isClosed = false;

  constructor({ stdin, stdout }: StdioStreams, maxBytes: number) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    this.#maxBytes = maxBytes;
    this.#lines = new MessageLines(maxBytes);
    this.closed = new Promise(resolve => {
      this.#settleClosed = resolve;
    });
  }

  async start(): Promise<void> {
    this.#stdin.on('data', this.#read);
    this.#stdin.on('error', this.#fail);
    this.#stdin.on('end', this.#end);
    this.#stdin.on('close', this.#end);
    this.#stdout.on('error', this.#fail);
    if (this.#stdin.readableEnded || this.#stdin.destroyed) this.#end();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if ('method' in message && 'id' in message) this.#asked.add(message.id);
    await this.#write(textOf(message));
    if (this.#isEnding) this.#giveUpAsked();
    if ('id' in message && !('method' in message) && message.id !== undefined) this.#answered(message.id);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stdin.off('data', this.#read);
    this.#stdin.off('end', this.#end);
    this.#stdin.off('close', this.#end);
    // The error listeners stay: a late EPIPE would otherwise end the process.
    this.#stdin.pause();
    this.onclose?.();
    this.#settleClosed();
  }

  readonly #read = (chunk: Buffer) => {
    for (const line of this.#lines.push(chunk)) {
      if (line === 'too-large') this.#refuse(-32_600, `A message is larger than ${this.#maxBytes} bytes.`);
      else if (line !== '') this.#receive(line);
    }
  };

  #receive(line: string): void {
    const value = parseJson(line);
    if (value !== undefined && isNestedTooDeep(line)) {
      this.#refuse(-32_600, `A message is nested deeper than ${maxNesting} levels.`, requestIdOf(value).id);
      return;
    }
    const message = value === undefined ? undefined : parseMessage(value);
    if (message !== undefined) {
      this.#track(message);
      this.watched.add(urisToWatch(message));
      this.onmessage?.(message);
    } else if (value === undefined) {
      this.#refuse(-32_700, 'A line is not valid JSON.');
    } else {
      this.#refuse(-32_600, 'A message is not valid JSON-RPC 2.0.', requestIdOf(value).id);
    }
  }

  #track(message: JSONRPCMessage): void {
    // A subscription is answered when the connection ends, so it must not hold it open.
    if (isJSONRPCRequest(message) && message.method !== 'subscriptions/listen') this.#unanswered.add(message.id);
    else if (!('method' in message) && message.id !== undefined) this.#asked.delete(message.id);
    else if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled') {
      const { requestId } = message.params ?? {};
      if (typeof requestId === 'string' || typeof requestId === 'number') this.#answered(requestId);
    }
  }

  #refuse(code: number, message: string, id: RequestId | null = null): void {
    this.#write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`).catch(this.#fail);
  }

  #write(text: string): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error('The connection over stdio has ended.'));
    return new Promise((resolve, reject) => {
      this.#stdout.write(text, error => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #answered(id: RequestId): void {
    this.#unanswered.delete(id);
    if (this.#isEnding && this.#unanswered.size === 0) void this.close();
  }

  /** Answers can no longer come; the SDK would wait for them, and the connection for the calls that wait. */
  #giveUpAsked(): void {
    const error = { code: -32_000, message: 'The client has closed its end of the connection.' };
    for (const id of this.#asked) {
      this.#asked.delete(id);
      this.onmessage?.({ jsonrpc: '2.0', id, error });
    }
  }

  readonly #end = () => {
    this.#isEnding = true;
    this.#giveUpAsked();
    if (this.#unanswered.size === 0) void this.close();
  };

  readonly #fail = (error: unknown) => {
    if (this.#isClosed) return;
    this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    void this.close();
  };
}

/** What cannot be written is still answered: the client would wait for ever. */
function textOf(message: JSONRPCMessage): string {
  try {
    return serializeMessage(message);
  } catch (error) {
    if (!('result' in message)) throw error;
    return serializeMessage({
      jsonrpc: '2.0',
      id: message.id,
      error: { code: ProtocolErrorCode.InternalError, message: 'The result cannot be expressed in JSON.' },
    });
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function parseMessage(value: unknown): JSONRPCMessage | undefined {
  try {
    return parseJSONRPCMessage(value);
  } catch {
    return undefined;
  }
}
