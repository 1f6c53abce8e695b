import type { Duplex } from 'node:stream';
import { splitLines } from './line-splitter.ts';
import { parseGuestMessage } from './parse-message.narrow.ts';
import type { GuestToHost, HostToGuest } from './protocol.ts';

/** The host's end of the socket to one guest. */
export interface Wire {
  send(message: HostToGuest): void;
  /** Sends a line that is already JSON. */
  sendLine(line: string): void;
  close(): void;
}

export interface WireOptions {
  readonly maxLineBytes: number;
  readonly onMessage: (message: GuestToHost) => void;
  /** The guest broke the protocol; `reason` is the end of a sentence that starts with the guest's name. */
  readonly onBroken: (reason: string) => void;
}

/** Speaks the protocol over a socket. Messages of one turn of the event loop leave in one write. */
export function openWire(socket: Duplex, { maxLineBytes, onMessage, onBroken }: WireOptions): Wire {
  const receive = splitLines({
    maxBytes: maxLineBytes,
    onLine: line => {
      const message = parseGuestMessage(line);
      if (message === undefined) onBroken('sent something that is not part of the protocol');
      else onMessage(message);
    },
    onTooLong: () => onBroken(`sent a message of more than ${Math.round(maxLineBytes / 1024 / 1024)} MiB`),
  });
  let waiting: string[] = [];
  const flush = () => {
    const lines = waiting;
    waiting = [];
    if (socket.writable) for (const text of joined(lines)) socket.write(text);
  };
  const sendLine = (line: string) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(line, '\n');
  };
  socket.on('data', receive);
  // EPIPE and ECONNRESET say what the exit of the process says better.
  socket.on('error', () => {});
  return { send: message => sendLine(JSON.stringify(message)), sendLine, close: () => socket.destroy() };
}

/** Small lines leave together; a large one is not copied once more. */
function joined(lines: readonly string[]): readonly string[] {
  const isSmall = lines.every(line => line.length < 65_536);
  return isSmall ? [lines.join('')] : lines;
}
