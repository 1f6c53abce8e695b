import { type SqlStatement, splitStatements } from '../sql/split-statements.ts';
import type { SqlFinding } from './check-request.ts';
import type { CheckSession } from './check-session.ts';
import { describeDefinition } from './describe-definition.ts';
import { findingOf, remoteFinding } from './finding-of-failure.ts';
import { isPreparable } from './preparable.ts';
import { findRemoteLiteral } from './remote-literal.ts';

export interface ReplayedSetup {
  readonly session: CheckSession;
  readonly sql: string;
  /** Which setup file. */
  readonly index: number;
  readonly report: (finding: SqlFinding) => void;
}

/** Makes what a setup file defines, without data; prepares its other statements. */
export async function replaySetup({ session, sql, index, report }: ReplayedSetup): Promise<void> {
  for (const statement of splitStatements(sql)) {
    const finding = await replayStatement(session, statement);
    if (finding !== undefined) report({ ...finding, place: { kind: 'sql', of: 'setup', index, ...finding.place } });
  }
}

type Placed = Omit<SqlFinding, 'place'> & { readonly place: { readonly start: number; readonly end: number } };

async function replayStatement(session: CheckSession, statement: SqlStatement): Promise<Placed | undefined> {
  const definition = describeDefinition(statement);
  const remote = findRemoteLiteral(statement);
  if (remote !== undefined || (definition !== undefined && definition.withoutData === undefined)) {
    if (definition?.name !== undefined) session.undefinable.add(definition.name);
    if (remote !== undefined) return remoteFinding(remote);
    const failure = await session.parse(statement.text);
    return failure && findingOf(failure, statement, session);
  }
  if (definition?.withoutData === undefined) {
    const failure = isPreparable(statement)
      ? await failureOf(session, statement.text)
      : await session.parse(statement.text);
    return failure && findingOf(failure, statement, session);
  }
  const failure = await session.define(definition.withoutData);
  if (failure === undefined) return undefined;
  if (definition.name !== undefined) session.undefinable.add(definition.name);
  // Dropping or altering what only the file on disk has: it is attached read-only.
  if (failure.type === 'Invalid Input' && /read-only/.test(failure.message)) return undefined;
  return findingOf(failure, statement, session);
}

async function failureOf(session: CheckSession, text: string) {
  const prepared = await session.prepare(text);
  if (!prepared.ok) return prepared.failure;
  prepared.statement?.destroySync();
  return undefined;
}
