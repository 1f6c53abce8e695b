import { Socket } from 'node:net';
import { type GuestToHost, splitLines } from '@mxcp-ts/guest';

/** The guest's end of the socket. */
export interface GuestWire {
  send(message: GuestToHost): void;
  /** Sends a line that is already JSON. */
  sendLine(line: string): void;
  /** Resolves when everything sent has left the process. */
  flush(): Promise<void>;
}

export interface GuestWireOptions {
  readonly onLine: (line: string) => void;
  /** The host is gone. */
  readonly onEnd: () => void;
}

/** Opens file descriptor 3. Messages of one turn of the event loop leave in one write. */
export function openGuestWire({ onLine, onEnd }: GuestWireOptions): GuestWire {
  const socket = new Socket({ fd: 3, readable: true, writable: true });
  let waiting: string[] = [];
  const write = () => {
    const lines = waiting;
    waiting = [];
    socket.write(lines.join(''));
  };
  const sendLine = (line: string) => {
    if (waiting.length === 0) setImmediate(write);
    waiting.push(line, '\n');
  };
  socket.on(
    'data',
    splitLines({
      maxBytes: Number.POSITIVE_INFINITY,
      // The host sends no raw bytes to this guest.
      onLine: line => {
        onLine(line);
        return undefined;
      },
      onTooLong: () => {},
    }),
  );
  socket.on('end', onEnd);
  socket.on('error', onEnd);
  return {
    send: message => sendLine(JSON.stringify(message)),
    sendLine,
    flush: () => new Promise(resolve => setImmediate(() => socket.write('', () => resolve()))),
  };
}
