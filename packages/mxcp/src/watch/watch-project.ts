import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Log } from '@mxcp-ts/engine';
import { collectBursts } from './collect-bursts.ts';
import { watchFiles } from './watch-files.ts';
import { watchTree } from './watch-tree.ts';
import { isOfProject, isOutside } from './watched-paths.ts';

export interface WatchOptions {
  /** Absolute path of the project folder. */
  readonly root: string;
  /** Absolute paths of files that matter wherever they are and whatever they are called (`LoadedProject.inputs`). */
  readonly inputs: readonly string[];
  /** How long nothing may change before `onChange` is called, milliseconds. */
  readonly debounceMs?: number;
  /**
   * Called once for a burst of changes, never while an earlier call runs.
   *
   * @param changed - sorted; relative to the project folder, absolute outside it
   */
  onChange(changed: readonly string[]): Promise<void>;
  readonly log: Log;
}

export interface ProjectWatcher {
  /** Settles when no change will be missed from now on. Changes made since `watchProject` was called are reported too. */
  readonly ready: Promise<void>;
  /** Replaces `inputs`. */
  update(inputs: readonly string[]): void;
  /** No call begins after this. One that runs is not waited for. */
  close(): Promise<void>;
}

/** Watches the files of a project: its folder as a tree, and one by one the files that the tree does not cover. */
export function watchProject({ root, inputs, debounceMs = 150, onChange, log }: WatchOptions): ProjectWatcher {
  const bursts = collectBursts({
    debounceMs,
    onBurst: onChange,
    onFailure: error => log('error', `What follows a changed file failed. ${String(error)}`),
  });
  const add = (path: string) => bursts.add(isOutside(root, path) ? path : relative(root, path));
  const tree = watchTree({ root, onChange: add, log });
  const files = watchFiles(add);
  const update = (paths: readonly string[]) => files.set(paths.filter(path => !isCovered(root, path)));
  update(inputs);
  return {
    ready: tree.ready,
    update,
    async close() {
      bursts.close();
      files.set([]);
      await tree.close();
    },
  };
}

/** Whether the tree sees changes of a file. Behind a symbolic link it does not: it follows none. */
function isCovered(root: string, path: string): boolean {
  if (isOutside(root, path) || !isOfProject(root, path)) return false;
  try {
    return realpathSync(path) === join(realpathSync(root), relative(root, path));
  } catch {
    // It does not exist; the tree sees it appear.
    return true;
  }
}
