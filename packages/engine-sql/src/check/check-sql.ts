import type { ThreadDatabase } from '../thread/thread-database.ts';
import type { CheckRequest, SqlFinding } from './check-request.ts';

export async function checkSql(
  _request: CheckRequest,
  _database: ThreadDatabase | undefined,
): Promise<readonly SqlFinding[]> {
  return [];
}
