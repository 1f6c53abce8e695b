import { type StatsListener, unwatchFile, watchFile } from 'node:fs';

/** How often each file is looked at. */
const intervalMs = 500;

export interface FileWatcher {
  /** Watches these files from now on and no others. */
  set(paths: readonly string[]): void;
}

/**
 * Watches single files, wherever they are and whether or not they exist, by looking at them. Few are: the user config and
 * files of secrets, which may be mounted, linked to, or swapped behind a link, where events of the system are missing.
 *
 * @param onChange - given an absolute path
 */
export function watchFiles(onChange: (path: string) => void): FileWatcher {
  const listeners = new Map<string, StatsListener>();
  return {
    set(paths) {
      const wanted = new Set(paths);
      for (const [path, listener] of [...listeners]) {
        if (wanted.has(path)) continue;
        unwatchFile(path, listener);
        listeners.delete(path);
      }
      for (const path of wanted) {
        if (listeners.has(path)) continue;
        let isAbsent = false;
        const listener: StatsListener = (now, before) => {
          // A file that does not exist is reported once at the start.
          const isFirstLook = now.ino === 0 && before.ino === 0 && !isAbsent;
          isAbsent = now.ino === 0;
          if (!isFirstLook) onChange(path);
        };
        listeners.set(path, listener);
        watchFile(path, { interval: intervalMs, persistent: false }, listener);
      }
    },
  };
}
