import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export interface LocalRedis {
  readonly port: number;
  readonly password: string;
  /** What the client of Redis itself prints. */
  ask(...command: readonly string[]): Promise<string>;
  /** Connections of others. */
  countClients(): Promise<number>;
  close(): Promise<void>;
}

/** A real Redis on a free port, which keeps nothing. */
export async function openRedis(folder: string): Promise<LocalRedis> {
  const port = await findFreePort();
  const password = 'redis-password';
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--requirepass', password, '--save', '', '--dir'];
  const child = spawn('redis-server', [...settings, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await untilReady(child);
  const ask = async (...command: readonly string[]): Promise<string> => {
    const args = ['-p', String(port), '--no-auth-warning', '-a', password, ...command];
    return (await promisify(execFile)('redis-cli', args)).stdout.trim();
  };
  return {
    port,
    password,
    ask,
    countClients: async () => (await ask('CLIENT', 'LIST')).split('\n').length - 1,
    async close() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

async function untilReady(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Redis ended:\n${output}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
}
