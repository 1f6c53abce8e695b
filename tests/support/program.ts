import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built CLI, as users run it. */
export const program: string = fileURLToPath(new URL('../../cli/bin/mxcp-ts.js', import.meta.url));

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the CLI to its end. */
export function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(args, options);
  const output = collect(child);
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', exitCode => resolve({ exitCode, ...output() }));
  });
}

export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything written to stderr so far. */
  stderr(): string;
  /** Settles when the process has ended. */
  readonly ended: Promise<Finished>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Finished>;
}

/** Starts `mxcp-ts serve` over HTTP on a free port and waits until it says where it listens. */
export async function startServer(
  folder: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<RunningServer> {
  const child = start(['serve', '-C', folder, '--transport', 'streamable-http', '--port', '0', ...args], options);
  const output = collect(child);
  const ended = new Promise<Finished>(resolve => child.once('close', exitCode => resolve({ exitCode, ...output() })));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', () => {
      const found = /, at (http:\S+\/mcp)/.exec(output().stderr);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    void ended.then(({ exitCode, stderr }) => reject(new Error(`serve ended with ${exitCode}:\n${stderr}`)));
  });
  return {
    url,
    child,
    stderr: () => output().stderr,
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function start(args: readonly string[], { cwd, env }: RunOptions): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return () => ({ stdout, stderr });
}
