import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time for `/proc` in hundredths of a second, whatever the kernel's own tick. */
const usPerTick = 10_000;

/** The process and everything it started that still runs, by id. Linux only: elsewhere just the process itself. */
export function processTree(rootPid) {
  const childrenOf = new Map();
  for (const name of listProcesses()) {
    const parent = readStat(name)?.parent;
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
  }
  const tree = [rootPid];
  for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
  return tree;
}

/** CPU time that the processes have used so far, all threads, microseconds; undefined where there is no `/proc`. */
export function cpuUsOf(pids) {
  const stats = pids.map(readStat).filter(stat => stat !== undefined);
  return stats.length === 0 ? undefined : stats.reduce((sum, { ticks }) => sum + ticks * usPerTick, 0);
}

/** Memory of the processes in MiB, pages that several share divided among them; undefined where there is no `/proc`. */
export function memoryMiBOf(pids) {
  const sizes = pids.map(readPssKiB).filter(size => size !== undefined);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

function listProcesses() {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

function readPssKiB(pid) {
  try {
    return Number(/^Pss: *(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
