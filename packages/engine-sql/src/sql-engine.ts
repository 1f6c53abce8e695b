import type {
  BoundHandler,
  HandlerEngine,
  HandlerFailure,
  PreparedQuery,
  QueryOutcome,
  SqlGuard,
} from '@mxcp-ts/engine';
import { sqlCallerOf } from '@mxcp-ts/engine';
import { argumentsOf, type EndpointDefinition } from '@mxcp-ts/project';
import { checkInScratch } from './check/check-in-scratch.ts';
import { guardOf } from './guard-of.ts';
import { isSqlEndpoint, sqlReturnsOf } from './sql-endpoint.ts';

export interface SqlEngineOptions {
  /** The built `database-thread.js`. */
  readonly threadFile: URL;
}

/** The engine of SQL endpoints. Runs them in the host's database; checks them in a scratch one. */
export function createSqlEngine({ threadFile }: SqlEngineOptions): HandlerEngine {
  return {
    language: 'sql',
    check: async (endpoints, project, database) =>
      database === undefined
        ? checkInScratch(endpoints.filter(isSqlEndpoint), project, threadFile)
        : (await database).check(endpoints),
    start: async (endpoints, { database, project }) => {
      const handlers = new Map<string, BoundHandler>();
      const queries: PreparedQuery[] = [];
      for (const endpoint of endpoints.filter(isSqlEndpoint)) {
        const guard = guardOf(endpoint, project);
        const { id, maxRows, source } = endpoint;
        const [parameters, returns] = [argumentsOf(endpoint), sqlReturnsOf(endpoint)];
        const isCut = endpoint.kind === 'completion';
        const query = database.prepare({ id, sql: source.sql.text, parameters, returns, maxRows, isCut, guard });
        queries.push(query);
        handlers.set(id, handlerOf(query, guard));
      }
      return {
        diagnostics: [],
        functions: [],
        bind: endpoint => handlers.get(endpoint.id) ?? missing(endpoint),
        problems: () => [],
        stop: async () => {
          for (const query of queries) query.release();
        },
      };
    },
  };
}

function missing({ id }: EndpointDefinition): never {
  throw new Error(`The SQL engine was not started with ${id}.`);
}

function handlerOf(query: PreparedQuery, guard: SqlGuard | undefined): BoundHandler {
  return async ({ args, signal, context }) => {
    const outcome = await query.run(args, { signal, caller: sqlCallerOf(context) });
    switch (outcome.kind) {
      case 'rows':
        return { kind: 'ok', value: outcome.rows };
      case 'invalid-output':
        return outcome;
      case 'failed':
      case 'aborted':
        return { kind: 'failed', error: failureOf(outcome, guard) };
    }
  };
}

function failureOf(
  outcome: QueryOutcome & { kind: 'failed' | 'aborted' },
  guard: SqlGuard | undefined,
): HandlerFailure {
  if (outcome.kind === 'aborted') {
    return { type: 'Interrupt', message: 'The query was stopped.', stack: undefined, userMessage: undefined };
  }
  const { type, message } = outcome.error;
  // The caller wrote this SQL and has to mend it; the thread has already taken paths out of the message.
  return { type, message, stack: undefined, userMessage: guard === undefined ? undefined : message };
}
