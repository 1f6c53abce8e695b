import { createInterface, type Interface } from 'node:readline';

/** Talks with a person, line by line. */
export interface Prompter {
  show(text: string): void;
  /** A line; undefined when there is none: Ctrl-D, or the call was given up. */
  ask(prompt: string): Promise<string | undefined>;
  close(): void;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * A prompter at a terminal. While it waits for a line, Ctrl-C comes to it and not to the process.
 *
 * @param signal - aborted: every line is undefined
 * @param interrupt - called for Ctrl-C
 */
export function openPrompter({ input, output }: Terminal, signal: AbortSignal, interrupt: () => void): Prompter {
  const unread: string[] = [];
  let reader: Interface | undefined;
  let answer: ((line: string | undefined) => void) | undefined;
  const settle = (line: string | undefined) => {
    const settled = answer;
    answer = undefined;
    settled?.(line);
  };
  const open = () => {
    const opened = createInterface({ input, output, historySize: 0 });
    opened.on('SIGINT', interrupt);
    opened.on('line', line => (answer === undefined ? void unread.push(line) : settle(line)));
    opened.on('close', () => {
      reader = undefined;
      if (answer !== undefined) output.write('\n');
      settle(undefined);
    });
    return opened;
  };
  const close = () => reader?.close();
  signal.addEventListener('abort', close);
  return {
    show: text => void output.write(`${printable(text)}\n`),
    ask(prompt) {
      if (signal.aborted) return Promise.resolve(undefined);
      const line = unread.shift();
      if (line !== undefined) {
        output.write(`${printable(`${prompt}${line}`)}\n`);
        return Promise.resolve(line);
      }
      reader ??= open();
      reader.setPrompt(printable(prompt));
      reader.prompt();
      return new Promise(resolve => {
        answer = resolve;
      });
    },
    close() {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}

/** What a handler says may come from anywhere; control characters have no business in a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '�');
}
