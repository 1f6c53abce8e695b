import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { DuckDBTypeId, StatementType } from '@duckdb/node-api';
import { type SqlStatement, splitStatements } from '../sql/split-statements.ts';
import { checkChanges } from './check-changes.ts';
import { checkParameters } from './check-parameters.ts';
import type { CheckedEndpoint, SqlFinding } from './check-request.ts';
import { checkReturns, type ResultColumn } from './check-returns.ts';
import type { CheckSession } from './check-session.ts';
import { describeDefinition } from './describe-definition.ts';
import { findingOf, isMissingName, remoteFinding, type TextFinding } from './finding-of-failure.ts';
import { blindsTheRest, isParsable, isPreparable } from './preparable.ts';
import { findRemoteLiteral } from './remote-literal.ts';
import { withTypedNulls } from './with-typed-nulls.ts';

export interface EndpointCheck {
  readonly session: CheckSession;
  readonly endpoint: CheckedEndpoint;
  /** Which endpoint of the request. */
  readonly index: number;
  readonly report: (finding: SqlFinding) => void;
}

/**
 * Checks one endpoint: each statement on its own, then its parameters, then the columns of the last statement.
 *
 * @returns these columns, when they are certain
 */
export async function checkEndpoint({
  session,
  endpoint,
  index,
  report,
}: EndpointCheck): Promise<readonly ResultColumn[] | undefined> {
  const statements = splitStatements(endpoint.sql);
  const defines = statements.some(statement => describeDefinition(statement) !== undefined);
  const isTransaction = defines && session.isScratch;
  if (isTransaction) await session.begin();
  const result = await checkStatements({ session, statements, parameters: endpoint.parameters }, finding =>
    report({ ...finding, place: { kind: 'sql', of: 'endpoint', index, ...finding.place } }),
  );
  if (isTransaction) await session.rollBack();
  checkParameters(endpoint, statements).forEach(finding => {
    report({ ...finding, place: placed(finding.place, index) });
  });
  for (const { path, ...finding } of await checkChanges(endpoint, session)) {
    report({ ...finding, place: { kind: 'yaml', index, path } });
  }
  if (result !== undefined && endpoint.returns !== undefined) {
    const found = checkReturns(endpoint.returns, result);
    for (const { message, hint, path } of found) {
      const place = { kind: 'yaml', index, path } as const;
      report({ code: 'plan/sql-return-mismatch', message, ...(hint !== undefined && { hint }), place });
    }
  }
  return result;
}

type FreePlace = { readonly start: number; readonly end: number } | { readonly path: readonly (string | number)[] };

function placed(place: FreePlace, index: number): SqlFinding['place'] {
  return 'path' in place ? { kind: 'yaml', index, path: place.path } : { kind: 'sql', of: 'endpoint', index, ...place };
}

interface StatementsCheck {
  readonly session: CheckSession;
  readonly statements: readonly SqlStatement[];
  readonly parameters: CheckedEndpoint['parameters'];
}

/** @returns the columns of the last statement, when they are certain */
async function checkStatements(
  { session, statements, parameters }: StatementsCheck,
  report: (finding: TextFinding) => void,
): Promise<readonly ResultColumn[] | undefined> {
  const undefinable = new Set(session.undefinable);
  const known = { isIncomplete: session.isIncomplete, hasPlugins: session.hasPlugins, undefinable };
  let isBlind = false;
  let columns: readonly ResultColumn[] | undefined;
  for (const statement of statements) {
    const checked = await checkStatement(session, statement, { isBlind, parameters });
    columns = checked.columns;
    isBlind ||= blindsTheRest(statement);
    if (checked.undefinable !== undefined) undefinable.add(checked.undefinable);
    if (checked.remote !== undefined) report(remoteFinding(checked.remote));
    const finding = checked.failure && findingOf(checked.failure, statement, known);
    if (finding !== undefined && (!isBlind || finding.code === 'plan/sql-syntax')) report(finding);
  }
  return columns;
}

interface StatementOptions extends Pick<StatementsCheck, 'parameters'> {
  /** An earlier statement changed what this one sees in a way that is not known here. */
  readonly isBlind: boolean;
}

async function checkStatement(
  session: CheckSession,
  statement: SqlStatement,
  { isBlind, parameters }: StatementOptions,
) {
  const definition = describeDefinition(statement);
  const remote = findRemoteLiteral(statement);
  const nothing = { failure: undefined, columns: undefined, remote, undefinable: definition?.name };
  if (!isParsable(statement)) return nothing;
  if (remote !== undefined || isBlind || !isPreparable(statement)) {
    return { ...nothing, failure: await session.parse(statement.text) };
  }
  const prepared = await session.prepare(statement.text);
  if (!prepared.ok) return { ...nothing, failure: prepared.failure };
  const isUnbound = prepared.statement !== undefined && hasOpenTypes(prepared.statement);
  const bound = isUnbound ? await bindWithTypes(session, statement, parameters) : undefined;
  if (bound?.failure !== undefined) return { ...nothing, failure: bound.failure };
  const known = prepared.statement === undefined ? undefined : columnsOf(prepared.statement, statement);
  const columns = bound?.columns ?? known;
  prepared.statement?.destroySync();
  const failure = await defineInScratch(session, definition?.withoutData);
  return {
    ...nothing,
    columns,
    undefinable: session.isScratch && failure === undefined ? undefined : definition?.name,
  };
}

/** Whether DuckDB has put off binding, because a parameter has no type before it has a value. */
function hasOpenTypes(statement: DuckDBPreparedStatement): boolean {
  const parameters = Array.from({ length: statement.parameterCount }, (_, at) => statement.parameterTypeId(at + 1));
  const columns = Array.from({ length: statement.columnCount }, (_, at) => statement.columnTypeId(at));
  return [...parameters, ...columns].includes(DuckDBTypeId.INVALID);
}

async function bindWithTypes(
  session: CheckSession,
  statement: SqlStatement,
  parameters: StatementsCheck['parameters'],
) {
  const typed = withTypedNulls(statement, parameters);
  if (typed === undefined) return undefined;
  const prepared = await session.prepare(typed.text);
  if (!prepared.ok) {
    const { failure } = prepared;
    // Other refusals may be due to the NULLs: a table function, for one, does not take them.
    if (!isMissingName(failure)) return undefined;
    return { failure: { ...failure, range: failure.range && typed.originalRange(failure.range) }, columns: undefined };
  }
  const columns = prepared.statement === undefined ? undefined : columnsOf(prepared.statement, statement);
  prepared.statement?.destroySync();
  return { failure: undefined, columns };
}

async function defineInScratch(session: CheckSession, definition: string | undefined) {
  return session.isScratch && definition !== undefined ? session.define(definition) : undefined;
}

const givingRows: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
]);

function columnsOf(statement: DuckDBPreparedStatement, { text }: SqlStatement): readonly ResultColumn[] | undefined {
  if (!givingRows.has(statement.statementType)) return undefined;
  const mayBeNull = /\bnull\b/i.test(text);
  const columns: ResultColumn[] = [];
  for (let index = 0; index < statement.columnCount; index += 1) {
    // DuckDB does not know the columns before every parameter has a value.
    if (statement.columnTypeId(index) === DuckDBTypeId.INVALID) return undefined;
    columns.push({ name: statement.columnName(index), type: statement.columnType(index), mayBeNull });
  }
  return columns;
}
