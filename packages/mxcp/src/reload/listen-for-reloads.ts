import type { Log } from '@mxcp-ts/engine';
import { writeTypes } from '@mxcp-ts/typegen';
import { watchProject } from '../watch/watch-project.ts';
import type { Reloader } from './reloader.ts';

export interface ReloadTriggers {
  stop(): Promise<void>;
}

export interface TriggerOptions {
  readonly reloader: Reloader;
  readonly log: Log;
  readonly watch: boolean;
}

/** Reloads on SIGHUP and, when files are watched, on every change. */
export function listenForReloads({ reloader, log, watch }: TriggerOptions): ReloadTriggers {
  const onHangUp = () => void reloader.reload('SIGHUP');
  process.on('SIGHUP', onHangUp);
  const watcher = watch ? watchFiles(reloader, log) : undefined;
  return {
    async stop() {
      process.off('SIGHUP', onHangUp);
      await watcher?.close();
    },
  };
}

function watchFiles(reloader: Reloader, log: Log) {
  const { root, inputs } = reloader.loaded;
  const watcher = watchProject({
    root,
    inputs,
    log,
    onChange: async changed => {
      await reloader.reload(`changed: ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ', …' : ''}`);
      refreshTypes(reloader, log);
    },
  });
  reloader.onLoaded(loaded => watcher.update(loaded.inputs));
  return watcher;
}

function refreshTypes({ loaded: { project, diagnostics } }: Reloader, log: Log): void {
  if (project === undefined || diagnostics.some(({ severity }) => severity === 'error')) return;
  try {
    writeTypes(project, { mode: 'refresh' });
  } catch (error) {
    log('warning', `The types of the handlers could not be written. ${String(error)}`);
  }
}
