import { once } from 'node:events';
import { program } from '../system/command-line.mjs';
import { memoryMiBOf, processTree } from '../system/process-tree.mjs';
import { startProcess } from '../system/server-process.mjs';

/** Records the memory of the product's parts without the product. */
export async function measureSkeleton({ connections, record }) {
  const running = startProcess(program('skeleton.mjs', connections));
  await Promise.race([once(running.child.stdout, 'data'), running.exited]);
  record('memory/skeleton/started', { memoryMiB: memoryMiBOf(processTree(running.pid)) });
  await running.stop();
}
