import type { FunctionProblem, SqlFunction } from '@mxcp-ts/engine';
import type { DatabaseThread } from '../database-thread.ts';

/** Lets SQL call these functions, and no others of earlier. */
export async function defineFunctions(
  thread: DatabaseThread,
  functions: readonly SqlFunction[],
): Promise<readonly FunctionProblem[]> {
  const declared = thread.functions.add(functions);
  const answer = await thread.ask({ type: 'define-functions', id: thread.nextId(), functions: declared });
  if (answer.type === 'failed') throw new Error(answer.error.message);
  if (answer.type !== 'functions-defined') {
    throw new Error(`The database thread answered "${answer.type}" to "define-functions".`);
  }
  thread.functions.keep(declared.map(({ number }) => number));
  return answer.problems;
}
