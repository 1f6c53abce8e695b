import { resolve } from 'node:path';
import { diagnostic } from '@mxcp-ts/diagnostics';
import type { Resource } from '@mxcp-ts/schemas';
import type { ChangeSource } from '../definition.ts';
import { findCronProblem } from './cron.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { readDurationMs } from './read-timeout.ts';

type WrittenChange = NonNullable<Resource['changes']>[number];

/** What changes a resource; what cannot be watched is reported and left out. */
export function readChanges(changes: Resource['changes'], at: EndpointPlace): readonly ChangeSource[] {
  const read = (changes ?? []).flatMap((change, index) => {
    const source = readChange(change, ['changes', index], at);
    return source === undefined ? [] : [Object.freeze(source)];
  });
  return Object.freeze(read);
}

const kinds = ['table', 'file', 'every', 'cron'] as const;

function readChange(
  change: WrittenChange,
  path: readonly (string | number)[],
  at: EndpointPlace,
): ChangeSource | undefined {
  const refuse = (message: string, hint: string | undefined, key?: string) => {
    const span = key === undefined ? at.locate.at(...path) : at.locate.at(...path, key);
    at.context.report(diagnostic('resource/bad-change', message, span, hint));
    return undefined;
  };
  const reportFile: ReportFile = {
    refuse: (message, hint) => refuse(message, hint, 'file'),
    warn: (message, hint) =>
      at.context.report(diagnostic('resource/absent-file', message, at.locate.at(...path, 'file'), hint)),
  };
  const written = kinds.filter(kind => change[kind] !== undefined);
  if (written.length !== 1) {
    const message = written.length === 0 ? 'This says nothing that changes.' : 'These are several changes in one.';
    return refuse(message, 'Write one of table, file, every and cron for each.');
  }
  if (change.table !== undefined) {
    const table = tableOf(change.table);
    if (table !== undefined) return { kind: 'table', table };
    return refuse('This is not the name of a table.', 'Write it as in SQL: orders, main.orders, "odd name".', 'table');
  }
  if (change.file !== undefined) return readFile(change.file, at, reportFile);
  if (change.every !== undefined) {
    const ms = readDurationMs(change.every, leastMs);
    return ms < leastMs
      ? refuse('A resource may change once a second at most.', 'Write 1s or more.', 'every')
      : { kind: 'every', ms };
  }
  const expression = change.cron?.trim() ?? '';
  const problem = findCronProblem(expression);
  return problem === undefined ? { kind: 'cron', expression } : refuse(problem.message, problem.hint, 'cron');
}

const leastMs = 1_000;

/** `main."Airports"` is the table airports; undefined for what is not one to three names with dots between. */
function tableOf(written: string): string | undefined {
  const part = /"(?:[^"]|"")+"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.source;
  const last = new RegExp(`^(?:(?:${part})\\s*\\.\\s*){0,2}(${part})$`).exec(written.trim())?.[1];
  return (last?.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last)?.toLowerCase();
}

interface ReportFile {
  refuse(message: string, hint: string | undefined): undefined;
  warn(message: string, hint: string): void;
}

function readFile(
  file: string,
  { place, context: { folder } }: EndpointPlace,
  { refuse, warn }: ReportFile,
): ChangeSource | undefined {
  const found = folder.look(file, place.file.folder);
  if (found.ok) return { kind: 'file', path: found.path.absolute };
  if (found.problem === 'outside') return refuse(`The file ${file} lies outside the project.`, found.hint);
  if (found.problem === 'folder') return refuse(`${file} is a folder.`, 'Name a file in it.');
  // A file may come to be later; what looks like another one that is there, or lies nowhere, may be a slip.
  if (found.hint !== undefined) warn(`The file ${file} does not exist yet.`, found.hint);
  const absolute = file.startsWith('/') ? resolve(folder.root, file.slice(1)) : resolve(place.file.folder, file);
  return { kind: 'file', path: absolute };
}
