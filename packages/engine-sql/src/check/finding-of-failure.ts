import { type DiagnosticCode, didYouMean } from '@mxcp-ts/diagnostics';
import type { PlacedFailure } from '../sql/placed-failure.ts';
import type { SqlStatement } from '../sql/split-statements.ts';
import type { SqlFinding } from './check-request.ts';
import type { CheckSession } from './check-session.ts';

/** A finding whose place is a range of the whole SQL text. */
export type TextFinding = Omit<SqlFinding, 'place'> & {
  readonly place: { readonly start: number; readonly end: number };
};

type KnownOfSession = Pick<CheckSession, 'isIncomplete' | 'hasPlugins' | 'undefinable'>;

/** What DuckDB's refusal to prepare a statement means for the author; undefined when it means nothing. */
export function findingOf(
  failure: PlacedFailure,
  statement: SqlStatement,
  session: KnownOfSession,
): TextFinding | undefined {
  const named = failure.name?.toLowerCase().split('.').at(-1);
  if (failure.type === 'Catalog' && named !== undefined && session.undefinable.has(named)) return undefined;
  const { code, message, hint, name } = describe(failure, session);
  const place = placeOf(failure, statement, name);
  return { code, message, ...(hint !== undefined && { hint }), place };
}

export function remoteFinding([start, end]: readonly [number, number]): TextFinding {
  return {
    code: 'plan/remote-path',
    message: 'The statement reads a remote path, which is not opened here, so it was not checked.',
    place: { start, end },
  };
}

/** Whether DuckDB refused because a column, table or function is not there. */
export function isMissingName(failure: PlacedFailure): boolean {
  const { code } = describe(failure, { isIncomplete: false, hasPlugins: false });
  return (
    code === 'plan/sql-unknown-column' || code === 'plan/sql-unknown-table' || code === 'plan/sql-unknown-function'
  );
}

interface Described {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The identifier at fault. */
  readonly name?: string | undefined;
}

type Absent = Pick<CheckSession, 'isIncomplete' | 'hasPlugins'>;

function describe(failure: PlacedFailure, absent: Absent): Described {
  switch (failure.type) {
    case 'Parser':
      return { code: 'plan/sql-syntax', message: sentence(failure.message) };
    case 'Binder':
      return describeBinder(failure);
    case 'Catalog':
      return describeCatalog(failure, absent);
    case 'Not implemented':
    case 'Conversion':
    case 'Out of Range':
      return { code: 'plan/sql-binding', message: sentence(failure.message) };
    case 'Missing Extension':
      return {
        code: 'plan/sql-not-checked',
        message: sentence(failure.message),
        hint: 'Name the extension under extensions in the site file.',
      };
    default:
      return {
        code: 'plan/sql-not-checked',
        message: `The statement could not be checked: ${sentence(failure.message)}`,
      };
  }
}

const missingColumns: readonly RegExp[] = [
  /does not have a column named "([^"]*)"/,
  /does not have a column with name "([^"]*)"/,
  /Referenced update column (\S+) not found/,
  /Column "([^"]*)" in (?:EXCLUDE|REPLACE|RENAME) list not found/,
];

function describeBinder(failure: PlacedFailure): Described {
  const pattern = missingColumns.map(each => each.exec(failure.message)?.[1]).find(name => name !== undefined);
  const name = failure.subtype === 'COLUMN_NOT_FOUND' ? failure.name : pattern;
  if (name === undefined) return { code: 'plan/sql-binding', message: sentence(failure.message) };
  const hint = didYouMean(name, candidatesOf(failure));
  return { code: 'plan/sql-unknown-column', message: `There is no column "${name}".`, hint, name };
}

function describeCatalog(failure: PlacedFailure, { isIncomplete, hasPlugins }: Absent): Described {
  const { kind = '', name } = failure;
  if (/exists in the (\w+) extension/.test(failure.message)) {
    const extension = /exists in the (\w+) extension/.exec(failure.message)?.[1];
    const hint = `Add "${extension}" to extensions in the site file; it is installed when the project is first opened.`;
    return { code: 'plan/sql-not-checked', message: sentence(failure.message), hint };
  }
  if (kind === 'Table' || /does not exist because schema/.test(failure.message)) {
    const table = name ?? /name "?([^" ]+)"?/.exec(failure.message)?.[1] ?? '';
    const hint =
      didYouMean(table, candidatesOf(failure)) ?? 'Make it in a setup file (duckdb.setup), so that it can be checked.';
    return { code: 'plan/sql-unknown-table', message: `Nothing defines a table "${table}".`, hint, name: table };
  }
  if (/Function|Macro/.test(kind) && !isIncomplete) {
    const hint = name === undefined ? undefined : didYouMean(name, candidatesOf(failure));
    if (hasPlugins) {
      const message = `There is no function "${name}" yet: the statement cannot be checked before the plug-ins run.`;
      return { code: 'plan/sql-not-checked', message, hint, name };
    }
    return { code: 'plan/sql-unknown-function', message: `There is no function "${name}".`, hint, name };
  }
  return { code: 'plan/sql-not-checked', message: sentence(failure.message), name };
}

function candidatesOf({ candidates, message }: PlacedFailure): string[] {
  const listed = /(?:Candidate bindings|Did you mean|Candidate Entries):[: ]*(.*)/i.exec(message)?.[1] ?? '';
  const quoted = [...listed.matchAll(/"([^"]*)"/g)].map(match => match[1] ?? '');
  return [...candidates, ...quoted].map(candidate => candidate.split('.').at(-1) ?? candidate);
}

/** The first line, which is what is wrong; the rest is candidates and the statement again. */
function sentence(message: string): string {
  const line = message.split('\n')[0]?.trim() ?? '';
  const text = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function placeOf({ range }: PlacedFailure, { text, start, tokens }: SqlStatement, name: string | undefined) {
  const [from, to] = range ?? [0, text.length];
  if (name !== undefined) {
    const last = name.split('.').at(-1)?.toLowerCase();
    const token = tokens.find(each => {
      const at = each.start - start;
      const word = text.slice(at, each.end - start);
      return (
        at >= from &&
        each.end - start <= to &&
        (each.kind === 'quoted' ? word.slice(1, -1) : word).toLowerCase() === last
      );
    });
    if (token !== undefined) return { start: token.start, end: token.end };
  }
  return { start: start + from, end: start + to };
}
