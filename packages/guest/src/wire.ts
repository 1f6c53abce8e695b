import type { Duplex } from 'node:stream';
import { splitLines } from './line-splitter.ts';
import { parseGuestMessage, type ReceivedMessage } from './parse-message.narrow.ts';
import type { HostToGuest } from './protocol.ts';

/** The host's end of the socket to one guest. */
export interface Wire {
  send(message: HostToGuest): void;
  /**
   * Sends a line that is already JSON.
   *
   * @param bytes - raw bytes that the line announces
   */
  sendLine(line: string, bytes?: Uint8Array): void;
  close(): void;
}

export interface WireOptions {
  readonly maxLineBytes: number;
  /** @param bytes - the raw bytes that the message announced */
  readonly onMessage: (message: ReceivedMessage, bytes: Uint8Array | undefined) => void;
  /** The guest broke the protocol; `reason` is the end of a sentence that starts with the guest's name. */
  readonly onBroken: (reason: string) => void;
}

/** Speaks the protocol over a socket. Messages of one turn of the event loop leave in one write. */
export function openWire(socket: Duplex, { maxLineBytes, onMessage, onBroken }: WireOptions): Wire {
  let announcing: ReceivedMessage | undefined;
  const receive = splitLines({
    maxBytes: maxLineBytes,
    onLine: line => {
      const message = parseGuestMessage(line);
      if (message === undefined) onBroken('sent something that is not part of the protocol');
      else if (message.type === 'append' && 'bytes' in message) {
        announcing = message;
        return message.bytes;
      } else onMessage(message, undefined);
      return undefined;
    },
    onBytes: bytes => {
      if (announcing !== undefined) onMessage(announcing, bytes);
    },
    onTooLong: () => onBroken(`sent a message of more than ${Math.round(maxLineBytes / 1024 / 1024)} MiB`),
  });
  let waiting: (string | Uint8Array)[] = [];
  const flush = () => {
    const parts = waiting;
    waiting = [];
    if (socket.writable) for (const part of joined(parts)) socket.write(part);
  };
  const sendLine = (line: string, bytes?: Uint8Array) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(line, '\n');
    if (bytes !== undefined && bytes.length > 0) waiting.push(bytes);
  };
  socket.on('data', receive);
  // EPIPE and ECONNRESET say what the exit of the process says better.
  socket.on('error', () => {});
  return { send: message => sendLine(JSON.stringify(message)), sendLine, close: () => socket.destroy() };
}

/** Small lines leave together; a large one is not copied once more. */
function joined(parts: readonly (string | Uint8Array)[]): readonly (string | Uint8Array)[] {
  const isSmall = (part: string | Uint8Array): part is string => typeof part === 'string' && part.length < 65_536;
  return parts.every(isSmall) ? [parts.join('')] : parts;
}
