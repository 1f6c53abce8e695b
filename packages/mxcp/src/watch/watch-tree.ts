import type { Stats } from 'node:fs';
import type { Log } from '@mxcp-ts/engine';
import { watch } from 'chokidar';
import { isForeignFolder, isProjectFile } from './watched-paths.ts';

export interface TreeWatcher {
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export interface TreeOptions {
  readonly root: string;
  /** @param path - absolute */
  readonly onChange: (path: string) => void;
  readonly log: Log;
}

/** Watches the files of a project in its folder, with those that appear later. Follows no symbolic links. */
export function watchTree({ root, onChange, log }: TreeOptions): TreeWatcher {
  // Date.now() has no fractions, times of files have: a file made within this millisecond may be older.
  const startedAtMs = Date.now() + 1;
  let isReady = false;
  let hasFailed = false;
  const watcher = watch(root, {
    ignored: (path, stats) => path !== root && isIgnored(path, stats),
    followSymlinks: false,
    alwaysStat: true,
    // A server that has ended otherwise must not be kept alive by it.
    persistent: false,
  });
  watcher.on('all', (event, path, stats) => {
    if (event === 'addDir' || event === 'unlinkDir' || !isProjectFile(path)) return;
    // While it looks around for the first time it reports every file: those that changed meanwhile count.
    if (isReady || event !== 'add' || (stats !== undefined && stats.ctimeMs >= startedAtMs)) onChange(path);
  });
  watcher.on('error', error => {
    if (!hasFailed) log('warning', explainWatchFailure(error));
    hasFailed = true;
  });
  const ready = new Promise<void>(resolve => {
    watcher.once('ready', () => {
      isReady = true;
      resolve();
    });
  });
  return { ready, close: () => watcher.close() };
}

/** One sentence about what is wrong and one about what to do. */
export function explainWatchFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const remedy = 'Until then `mxcp-ts reload` makes the server read its files again.';
  if (code === 'ENOSPC')
    return `Not every file of the project is watched: the system's limit for watched files is reached. Raise it with \`sysctl fs.inotify.max_user_watches=524288\` and restart the server. ${remedy}`;
  if (code === 'EMFILE' || code === 'ENFILE')
    return `Not every file of the project is watched: the limit for open files is reached. Raise it with \`ulimit -n\`, or \`sysctl fs.inotify.max_user_instances=1024\`, and restart the server. ${remedy}`;
  return `Not every file of the project is watched. ${String(error)} ${remedy}`;
}

function isIgnored(path: string, stats: Stats | undefined): boolean {
  // It asks twice, first without knowing what the path is.
  if (stats === undefined) return false;
  return stats.isDirectory() ? isForeignFolder(path) : !isProjectFile(path);
}
