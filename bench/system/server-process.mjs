import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

const stopTimeoutMs = 15_000;

/** A port that was free a moment ago. */
export async function findFreePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a process and keeps what it writes to stderr, shown only when something goes wrong.
 *
 * @param args - the arguments of Node, or of another program
 */
export function startProcess(args, program = process.execPath) {
  // The CLI sets this for itself; what it is compared with gets as many threads.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '16' };
  const child = spawn(program, args, { stdio: 'pipe', env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr = (stderr + text).slice(-20_000);
  });
  return {
    child,
    pid: child.pid,
    stderr: () => stderr,
    exited: once(child, 'exit').then(([code]) => code),
    /** Ends it with SIGTERM, and with SIGKILL when that is not enough. */
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

/** Waits until something listens on the port; fails with the process's own words when it ends before that. */
export async function waitForPort(server, port, timeoutMs = 120_000) {
  const endsAt = performance.now() + timeoutMs;
  while (!(await canConnect(port))) {
    if (server.child.exitCode !== null) throw new Error(`The server ended.\n${server.stderr()}`);
    if (performance.now() > endsAt) throw new Error(`The server did not listen.\n${server.stderr()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function canConnect(port) {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    const settle = isOpen => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
