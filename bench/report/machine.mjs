import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** What the numbers depend on, without anything that names a particular machine. */
export function describeMachine() {
  return {
    cpu: os.cpus()[0]?.model.trim(),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.version,
    python: execFileSync('python3', ['--version'], { encoding: 'utf8' }).trim(),
    // Others at work on the machine make every absolute number worse.
    loadBefore: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  };
}
