import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from '../../support/program.ts';

export interface StdioServer {
  readonly child: ChildProcess;
  /** Settles when the bytes have been handed over; a server that reads too slowly holds this up. */
  write(bytes: Buffer): Promise<void>;
  /** Lines written since the last time, whole ones only. */
  takeLines(): readonly string[];
  stderr(): string;
  /** Ends stdin and gives the exit code. */
  end(): Promise<number | null>;
}

/** Starts `mxcp-ts serve --transport stdio`, without saying anything to it. */
export function startStdioServer(folder: string, env: Readonly<Record<string, string>>): StdioServer {
  const child = spawn(process.execPath, [program, 'serve', '-C', folder, '--transport', 'stdio'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const chunks: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A server that has ended is told by its exit code, not by a broken pipe here.
  child.stdin.on('error', () => {});
  return {
    child,
    async write(bytes) {
      if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), ended]);
    },
    takeLines() {
      const all = Buffer.concat(chunks.splice(0));
      const end = all.lastIndexOf('\n') + 1;
      chunks.push(all.subarray(end));
      return all.subarray(0, end).toString().split('\n').slice(0, -1);
    },
    stderr: () => stderr,
    async end() {
      child.stdin.end();
      await ended;
      return child.exitCode;
    },
  };
}
