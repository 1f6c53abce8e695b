import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { ResolvedGuestOptions } from './guest-options.ts';

/** A process that has just been spawned. */
export interface SpawnedGuest {
  /** The guest's file descriptor 3. */
  readonly socket: Duplex;
  /** Resolves when the process is gone and everything it sent has been read: how it ended, as the end of a sentence. */
  readonly exited: Promise<string>;
  /** Ends the process and the processes it started, at once. */
  kill(): void;
}

/** How long data that a dead guest had sent may take to arrive; a subprocess that holds the socket must not delay the news. */
const drainAfterExitMs = 200;

/** Spawns a guest whose stdout and stderr are the host's stderr, out of reach of the terminal's Ctrl-C. */
export function spawnGuest({ command, args, env, cwd }: ResolvedGuestOptions): SpawnedGuest {
  const child = spawn(command, args, {
    cwd,
    // Not for user code: whoever has it can forge what callers were asked.
    env: { ...env, MXCP_STATE_SECRET: undefined },
    stdio: ['ignore', 2, 2, 'pipe'],
    // A process group of its own: Ctrl-C must reach the host only, which drains first and then stops its guests.
    detached: true,
    windowsHide: true,
  });
  const socket = child.stdio[3];
  if (!(socket instanceof Duplex)) throw new Error('spawn gave no duplex stream for file descriptor 3');
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child);
  };
  process.on('exit', kill);
  const exited = waitForExit(child, socket).finally(() => process.off('exit', kill));
  return { socket, exited, kill };
}

function waitForExit(child: ChildProcess, socket: Duplex): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => {
      if (child.pid !== undefined) return;
      socket.destroy();
      resolve(`could not be started (${describeSpawnError(error)})`);
    });
    child.once('exit', (code, signal) => {
      // What it had started and not ended: a forked copy of it, a subprocess of a handler.
      killGroup(child);
      const ending = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const timer = setTimeout(() => socket.destroy(), drainAfterExitMs);
      const finish = () => {
        clearTimeout(timer);
        resolve(ending);
      };
      if (socket.closed) finish();
      else socket.once('close', finish);
    });
  });
}

function describeSpawnError(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'its program or the project folder does not exist';
  if (error.code === 'EACCES') return 'its program may not be run';
  return error.code ?? error.message;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody is left in it.
  }
}
