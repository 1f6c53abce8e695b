import { type Diagnostic, diagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { InferredReturn } from '@mxcp-ts/engine';
import { argumentsOf, type SetupFile } from '@mxcp-ts/project';
import type { DatabaseThread } from '../database-thread.ts';
import { callersParameter } from '../guard-of.ts';
import { type SqlEndpoint, sqlReturnsOf } from '../sql-endpoint.ts';
import type { CheckAnswer, ScratchRequest, SqlFinding } from './check-request.ts';

export interface AskedCheck {
  readonly endpoints: readonly SqlEndpoint[];
  /** Undefined: check in the database that the thread has open. */
  readonly scratch: (Omit<ScratchRequest, 'setup'> & { readonly setup: readonly SetupFile[] }) | undefined;
  /** Where the database is configured, for findings about it. */
  readonly databaseSpan?: Span;
}

/** Lets the thread check, and gives its findings their places in the project's files. */
export async function askForCheck(thread: DatabaseThread, asked: AskedCheck): Promise<readonly Diagnostic[]> {
  const checked = withoutCallersSql(asked);
  const { findings } = await ask(thread, checked);
  const relevant = findings.filter(finding => isAboutOwnParameter(finding, checked));
  return relevant.map(finding => diagnostic(finding.code, finding.message, spanOf(finding, checked), finding.hint));
}

/** The return types that endpoints without one could declare, by the columns of their queries. */
export async function askForReturns(thread: DatabaseThread, asked: AskedCheck): Promise<readonly InferredReturn[]> {
  const checked = withoutCallersSql(asked);
  const { inferred } = await ask(thread, checked);
  return inferred.flatMap(({ index, returns }) => {
    const endpoint = checked.endpoints[index];
    return endpoint === undefined ? [] : [{ endpoint: endpoint.id, returns }];
  });
}

function withoutCallersSql(asked: AskedCheck): AskedCheck {
  return { ...asked, endpoints: asked.endpoints.filter(endpoint => callersParameter(endpoint) === undefined) };
}

async function ask(thread: DatabaseThread, { scratch, endpoints }: AskedCheck): Promise<CheckAnswer> {
  const request = {
    scratch: scratch === undefined ? undefined : { ...scratch, setup: scratch.setup.map(({ sql }) => sql.text) },
    endpoints: endpoints.map(endpoint => ({
      sql: endpoint.source.sql.text,
      isCompletion: endpoint.kind === 'completion',
      parameters: argumentsOf(endpoint),
      fieldCount: endpoint.elicit?.fields.length,
      returns: sqlReturnsOf(endpoint),
      changedTables: changedTablesOf(endpoint),
    })),
  };
  const answer = await thread.ask({ type: 'check', id: thread.nextId(), request });
  if (answer.type !== 'checked') throw new Error(`The database thread answered "${answer.type}" to "check".`);
  return answer;
}

function changedTablesOf(endpoint: SqlEndpoint): readonly (string | undefined)[] {
  const changes = endpoint.kind === 'resource' ? endpoint.changes : [];
  return changes.map(change => (change.kind === 'table' ? change.table : undefined));
}

/**
 * What a completion is given, and the properties of a schema that was written for others, need not be used; what stands in
 * the question to the user is.
 */
function isAboutOwnParameter({ code, place }: SqlFinding, { endpoints }: AskedCheck): boolean {
  if (code !== 'plan/sql-unused-parameter' || place.kind !== 'yaml') return true;
  const endpoint = endpoints[place.index];
  if (endpoint === undefined || endpoint.kind === 'completion') return false;
  if (place.path[0] === 'elicit') return true;
  if (endpoint.kind === 'tool' && endpoint.inputSchema !== undefined) return false;
  const name = endpoint.parameters[Number(place.path[1])]?.name;
  return name !== undefined && !isInQuestion(name, endpoint);
}

function isInQuestion(name: string, { elicit }: SqlEndpoint): boolean {
  return elicit?.message.text.match(/[\p{L}\p{N}_]+/gu)?.includes(name) === true;
}

function spanOf({ place }: SqlFinding, { endpoints, scratch, databaseSpan }: AskedCheck): Span | undefined {
  switch (place.kind) {
    case 'sql': {
      const text = place.of === 'setup' ? scratch?.setup[place.index]?.sql : endpoints[place.index]?.source.sql;
      return text?.spanOf(place.start, place.end);
    }
    case 'yaml':
      return endpoints[place.index]?.locate.at(...place.path);
    case 'database':
      return databaseSpan;
  }
}
