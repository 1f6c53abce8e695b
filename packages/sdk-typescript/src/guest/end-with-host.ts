import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its host has died, even while a handler is in an endless loop: then the end of the wire is never
 * read, and the process would use up a core for ever. So a thread of its own looks at who the parent is.
 */
export function endWithHost(): void {
  const watch = `
    setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, ${checkEveryMs});
  `;
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };
  const worker = new Worker(watch, { eval: true, resourceLimits, stdout: true, stderr: true });
  worker.on('error', () => {});
  worker.unref();
}

const checkEveryMs = 2_000;
