import { readFailure } from '../sql/read-failure.ts';
import type { ThreadDatabase } from '../thread/thread-database.ts';
import { checkEndpoint } from './check-endpoint.ts';
import type { CheckAnswer, CheckRequest, InferredType, SqlFinding } from './check-request.ts';
import { CheckSession } from './check-session.ts';
import { inferReturn } from './infer-return.ts';
import { openScratch } from './open-scratch.ts';

/**
 * Prepares every statement of every endpoint without running it, in a scratch database or in the open one, and
 * compares parameters and result columns with what is declared.
 */
export async function checkSql(request: CheckRequest, open: ThreadDatabase | undefined): Promise<CheckAnswer> {
  const findings: SqlFinding[] = [];
  const inferred: InferredType[] = [];
  const report = (finding: SqlFinding) => findings.push(finding);
  const opened = request.scratch === undefined ? await openLive(open) : await openScratch(request.scratch, report);
  if (opened === undefined) return { findings, inferred };
  try {
    for (const [index, endpoint] of request.endpoints.entries()) {
      const columns = await checkEndpoint({ session: opened.session, endpoint, index, report });
      if (columns !== undefined && endpoint.returns === undefined)
        inferred.push({ index, returns: inferReturn(columns) });
    }
  } catch (error) {
    // DuckDB itself gave up (out of memory, a defect): say so instead of passing unchecked SQL as good.
    const message = `The SQL could not be checked: ${readFailure(error).message.split('\n')[0]}`;
    report({ code: 'plan/sql-not-checked', message, place: { kind: 'database' } });
  } finally {
    opened.close();
  }
  return { findings, inferred };
}

async function openLive(open: ThreadDatabase | undefined) {
  if (open === undefined) return undefined;
  const connection = await open.owned.connect();
  for (const statement of open.pool.sessionStatements) await connection.run(statement);
  await connection.run('SET errors_as_json = true');
  const session = new CheckSession({ connection, isScratch: false, searchPaths: [], hasPlugins: false });
  return { session, close: () => connection.disconnectSync() };
}
