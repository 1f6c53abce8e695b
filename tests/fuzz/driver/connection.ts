import { connect, type Socket } from 'node:net';
import { type Answer, AnswerParser } from './answer-parser.ts';

/** The server did not do what a client may rely on: it was silent, or it spoke no HTTP. */
export class BadConnection extends Error {}

export interface ExchangeOptions {
  readonly isHead: boolean;
  /** Whether an event stream may be the answer that never ends. Such a one is left after a moment. */
  readonly mayStream: boolean;
  readonly hangUpAfterMs: number | undefined;
}

/** Longer than any call of the project may take, and than a busy machine holds up a process. */
export const answerWithinMs = 20_000;
const lookAtStreamMs = 20;
const quietMs = 15;
const betweenPartsMs = 3;

/** Connections to one server, kept alive between requests. */
export class Connections {
  readonly #port: number;
  readonly #idle: Socket[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends one whole request; undefined when this side has hung up. @throws BadConnection */
  exchange(request: Buffer, options: ExchangeOptions): Promise<Answer | undefined> {
    const socket = this.#idle.pop() ?? this.#open();
    return new Promise<Answer | undefined>((resolve, reject) => {
      const parser = new AnswerParser(options.isHead);
      const timer = setTimeout(() => fail(`There was no answer within ${answerWithinMs / 1000} s.`), answerWithinMs);
      let leaving: NodeJS.Timeout | undefined;
      let isSettled = false;
      const settle = () => {
        isSettled = true;
        clearTimeout(timer);
        clearTimeout(leaving);
        socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error');
        socket.on('error', () => {});
      };
      const finish = (answer: Answer | undefined, isReusable: boolean) => {
        settle();
        if (isReusable) this.#idle.push(socket);
        else socket.destroy();
        resolve(answer);
      };
      const fail = (message: string) => {
        settle();
        socket.destroy();
        reject(new BadConnection(message));
      };
      socket.on('data', bytes => {
        try {
          const [answer, more] = parser.push(bytes);
          if (more !== undefined || (answer !== undefined && parser.unread.length > 0))
            fail('There is more than one answer.');
          else if (answer !== undefined) finish(answer, answer.headers['connection'] !== 'close');
          else if (isEventStream(parser.open) && (options.mayStream || isAsking(parser.openBody)))
            leaving ??= setTimeout(() => finish(parser.end(), false), lookAtStreamMs);
        } catch (error) {
          fail(error instanceof Error ? error.message : String(error));
        }
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const answer = parser.end();
        if (answer?.isComplete === true) finish(answer, false);
        else fail(answer === undefined ? 'The connection was closed without an answer.' : 'The answer was cut off.');
      });
      socket.write(request, () => {
        if (options.hangUpAfterMs === undefined || isSettled) return;
        leaving = setTimeout(() => finish(undefined, false), options.hangUpAfterMs);
      });
    });
  }

  /** Writes the parts, lets the server speak, then ends; gives what it said. @throws BadConnection */
  converse(parts: readonly Buffer[]): Promise<readonly Answer[]> {
    const socket = this.#open();
    return new Promise((resolve, reject) => {
      const parser = new AnswerParser();
      const answers: Answer[] = [];
      const timer = setTimeout(
        () => fail(`The connection was still open ${answerWithinMs / 1000} s after the client had ended it.`),
        answerWithinMs,
      );
      let quiet: NodeJS.Timeout | undefined;
      const awaitQuiet = () => {
        clearTimeout(quiet);
        quiet = setTimeout(() => socket.end(), quietMs);
      };
      const settle = () => {
        clearTimeout(timer);
        clearTimeout(quiet);
        socket.removeAllListeners('data').removeAllListeners('close').destroy();
      };
      const fail = (message: string) => {
        settle();
        reject(new BadConnection(message));
      };
      socket.on('data', bytes => {
        try {
          answers.push(...parser.push(bytes));
          awaitQuiet();
        } catch (error) {
          fail(error instanceof Error ? error.message : String(error));
        }
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const last = parser.end();
        settle();
        resolve(last === undefined ? answers : [...answers, last]);
      });
      parts.forEach((part, at) => {
        setTimeout(
          () => socket.writable && socket.write(part, at === parts.length - 1 ? awaitQuiet : undefined),
          at * betweenPartsMs,
        );
      });
      awaitQuiet();
    });
  }

  close(): void {
    for (const socket of this.#idle.splice(0)) socket.destroy();
  }

  #open(): Socket {
    const socket = connect(this.#port, '127.0.0.1');
    socket.setNoDelay(true);
    return socket;
  }
}

/** Whether the server waits for its client before it goes on with the stream. */
function isAsking(events: string): boolean {
  return /"method":"(?:elicitation\/create|sampling\/createMessage|roots\/list)"/.test(events);
}

function isEventStream(answer: Pick<Answer, 'headers'> | undefined): boolean {
  return answer?.headers['content-type']?.startsWith('text/event-stream') === true;
}
