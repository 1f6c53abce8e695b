import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What a process and everything it started hold, as Linux tells it. */
export interface Holdings {
  /** Memory of all of them, shared pages divided among their users, KiB. */
  readonly pssKib: number;
  /** Of the process itself, without connections to clients and the write-ahead log, which come and go. */
  readonly fileDescriptors: readonly string[];
  readonly threads: number;
  /** Of all that it started, by program: `python3 …`. */
  readonly children: readonly string[];
}

export function readHoldings(pid: number): Holdings {
  const below = descendantsOf(pid);
  return {
    pssKib: [pid, ...below].reduce((sum, each) => sum + pssOf(each), 0),
    fileDescriptors: descriptorsOf(pid),
    threads: readdirSync(`/proc/${pid}/task`).length,
    children: below.map(programOf).sort(),
  };
}

export function descendantsOf(pid: number): readonly number[] {
  const own = read(`/proc/${pid}/task`, path => readdirSync(path)).flatMap(task =>
    read(`/proc/${pid}/task/${task}/children`, path => readFileSync(path, 'utf8').split(' ')).filter(Boolean),
  );
  return own.map(Number).flatMap(child => [child, ...descendantsOf(child)]);
}

/** The last component of the program and of what it runs: `node typescript-guest.js`. */
export function programOf(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`, path => readFileSync(path, 'utf8').split('\0')).filter(Boolean);
  const named = words.filter((word, index) => index === 0 || !word.startsWith('-'));
  return named
    .slice(0, 2)
    .map(word => word.slice(word.lastIndexOf('/') + 1))
    .join(' ');
}

/** What they lead to, without the numbers that tell one pipe from another. */
function descriptorsOf(pid: number): readonly string[] {
  const links = read(`/proc/${pid}/fd`, path => readdirSync(path)).flatMap(fd =>
    read(`/proc/${pid}/fd/${fd}`, path => [readlinkSync(path)]),
  );
  const established = new Set(['tcp', 'tcp6'].flatMap(kind => establishedOf(`/proc/${pid}/net/${kind}`)));
  // DuckDB keeps a write-ahead log from the first write to the next checkpoint, whoever causes that.
  const own = links.filter(link => !established.has(link) && !link.endsWith('.wal'));
  return own.map(link => link.replace(/:\[\d+\]$/, '')).sort();
}

/** Column 4 is the state, 01 for established, column 10 the inode. */
function establishedOf(table: string): readonly string[] {
  const rows = read(table, path => readFileSync(path, 'utf8').split('\n')).map(line => line.trim().split(/\s+/));
  return rows.filter(row => row[3] === '01').map(row => `socket:[${row[9]}]`);
}

function pssOf(pid: number): number {
  const rollup = read(`/proc/${pid}/smaps_rollup`, path => [readFileSync(path, 'utf8')])[0] ?? '';
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
}

/** Nothing of a process that has ended meanwhile. */
function read(path: string, reader: (path: string) => readonly string[]): readonly string[] {
  try {
    return reader(path);
  } catch {
    return [];
  }
}
