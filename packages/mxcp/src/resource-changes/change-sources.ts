import type { ResourceDefinition } from '@mxcp-ts/project';
import { keyOf, type TimedSource } from './timetable.ts';

/** What the resources of a plan say changes them. */
export interface ChangeSources {
  /** URIs by table. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** URIs by absolute path. */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
  /** URIs by `keyOf` the source. */
  readonly times: ReadonlyMap<string, ReadonlySet<string>>;
  readonly timed: readonly TimedSource[];
}

/** Collects `changes` of all resources. What is told of one with variables is its template. */
export function changeSourcesOf(resources: readonly ResourceDefinition[]): ChangeSources {
  const [tables, files, times] = [newIndex(), newIndex(), newIndex()];
  const timed: TimedSource[] = [];
  for (const { name, changes } of resources) {
    for (const source of changes) {
      switch (source.kind) {
        case 'table':
          add(tables, source.table, name);
          break;
        case 'file':
          add(files, source.path, name);
          break;
        case 'every':
        case 'cron':
          timed.push(source);
          add(times, keyOf(source), name);
          break;
      }
    }
  }
  return { tables, files, times, timed };
}

type Index = Map<string, Set<string>>;

function newIndex(): Index {
  return new Map();
}

function add(index: Index, key: string, uri: string): void {
  const uris = index.get(key);
  if (uris === undefined) index.set(key, new Set([uri]));
  else uris.add(uri);
}
