import type { Database } from '@mxcp-ts/engine';
import type { Runtime } from '@mxcp-ts/runtime';
import { watchFiles } from '../watch/watch-files.ts';
import { type ChangeSources, changeSourcesOf } from './change-sources.ts';
import { collectNotices } from './collect-notices.ts';
import { createTimetable } from './timetable.ts';

export interface ResourceChanges {
  /** Nothing is announced after this. */
  close(): void;
}

/** A table that is filled row by row changes a thousand times a second. */
const withinMs = 200;

/**
 * Announces that a resource has changed whenever something happens that it declares under `changes`: a write to a table, a
 * new content of a file, the time. Goes on with what the next plan declares after a reload.
 */
export function announceResourceChanges(
  runtime: Pick<Runtime, 'plan' | 'database' | 'onReload' | 'announce'>,
): ResourceChanges {
  const notices = collectNotices(withinMs, uri => runtime.announce({ kind: 'resource', uri }));
  let sources = sourcesOf(runtime);
  let database: Database | undefined;
  let stopWrites = () => {};
  const files = watchFiles(path => notices.add(sources.files.get(path) ?? []));
  const timetable = createTimetable(key => notices.add(sources.times.get(key) ?? []));

  function watch(): void {
    files.set([...sources.files.keys()]);
    timetable.set(sources.timed);
    stopWrites();
    stopWrites =
      sources.tables.size === 0
        ? () => {}
        : runtime.database.onWrite(tables => notices.add(urisOfTables(sources, tables)));
  }

  const stopReloads = runtime.onReload(() => {
    sources = sourcesOf(runtime);
    // While the database was closed anything may have been written, by whoever asked for it.
    if (runtime.database !== database) notices.add(urisOfTables(sources, 'any'));
    database = runtime.database;
    watch();
  });
  database = runtime.database;
  watch();
  return {
    close() {
      stopReloads();
      stopWrites();
      files.set([]);
      timetable.set([]);
      notices.close();
    },
  };
}

function sourcesOf({ plan }: Pick<Runtime, 'plan'>): ChangeSources {
  return changeSourcesOf(plan.resources.map(({ definition }) => definition));
}

function urisOfTables({ tables }: ChangeSources, written: ReadonlySet<string> | 'any'): readonly string[] {
  const names = written === 'any' ? [...tables.keys()] : [...written];
  return names.flatMap(table => [...(tables.get(table) ?? [])]);
}
