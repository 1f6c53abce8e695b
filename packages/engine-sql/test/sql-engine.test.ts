import type { CallContext, Database, EngineHost, HandlerCall, HandlerResult, StartedEngine } from '@mxcp-ts/engine';
import type { ToolDefinition } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqlEngine } from '../src/index.ts';
import { projectWith, sqlTool } from './support/endpoints.ts';
import { execute, openTestDatabase, threadFile } from './support/fixtures.ts';

const a = { name: 'a', type: 'integer' as const };
const sql = { name: 'sql', type: 'string' as const };
const tools = {
  plain: sqlTool('plain', 'SELECT $a + 1 AS b', { parameters: [a] }),
  failing: sqlTool('failing', "SELECT ('x' || $a)::INTEGER", { parameters: [a] }),
  capped: sqlTool('capped', 'FROM range($a)', { parameters: [a], maxRows: 2 }),
  guarded: sqlTool('guarded', 'FROM query_of_caller($sql)', { parameters: [sql], pack: 'sql', maxRows: 5 }),
  who: sqlTool('who', "SELECT get_username() AS u, get_request_header('X-Team') AS t"),
  unguarded: sqlTool('unguarded', 'FROM query_of_caller($sql)', { parameters: [sql] }),
};

let database: Database;
let engine: StartedEngine;
beforeAll(async () => {
  database = await openTestDatabase();
  await execute(database, 'CREATE TABLE t AS SELECT 1 AS a');
  const host: EngineHost = {
    project: projectWith('/'),
    database,
    sessions: { get: () => undefined, set: () => undefined, delete: () => {}, keys: () => [] },
    log: () => {},
    requestReload: undefined,
  };
  engine = await createSqlEngine({ threadFile }).start(Object.values(tools), host);
});
afterAll(() => database.close({ deadlineMs: 100 }));

const nobody: CallContext = {
  transport: 'cli',
  requestId: undefined,
  headers: {},
  user: undefined,
  session: undefined,
};
const client: HandlerCall['client'] = { progress() {}, log() {} };

function call(tool: ToolDefinition, args: JsonObject, context = nobody): Promise<HandlerResult> {
  return engine.bind(tool)({ id: 'c1', args, signal: new AbortController().signal, context, client });
}

test('lets SQL ask who is calling', async () => {
  const user = {
    provider: 'github',
    user_id: '7',
    username: 'ann',
    email: null,
    name: null,
    avatar_url: null,
    raw_profile: null,
    external_token: null,
    capabilities: [],
  };
  const context: CallContext = { ...nobody, transport: 'http', headers: { 'x-team': 'blue' }, user };
  expect(await call(tools.who, {}, context)).toEqual({ kind: 'ok', value: [{ u: 'ann', t: 'blue' }] });
  expect(await call(tools.who, {})).toEqual({ kind: 'ok', value: [{ u: null, t: null }] });
});

test('gives the rows of a query as its value', async () => {
  expect(await call(tools.plain, { a: 41 })).toEqual({ kind: 'ok', value: [{ b: 42 }] });
});

test("keeps DuckDB's message for the log when a query of the project fails", async () => {
  expect(await call(tools.failing, { a: 1 })).toEqual({
    kind: 'failed',
    error: {
      type: 'Conversion',
      message: expect.stringMatching(/^Could not convert string 'x1' to INT32/),
      stack: undefined,
      userMessage: undefined,
    },
  });
});

test('answers too many rows as an invalid result', async () => {
  expect(await call(tools.capped, { a: 3 })).toEqual({
    kind: 'invalid-output',
    problems: [{ pointer: '', message: 'gave more than 2 rows (max_rows)' }],
  });
});

test('runs what the caller of a pack tool wrote, and tells the caller what is wrong with it', async () => {
  expect(await call(tools.guarded, { sql: 'FROM t' })).toEqual({ kind: 'ok', value: [{ a: 1 }] });
  const message = 'There is no table "nowhere".';
  expect(await call(tools.guarded, { sql: 'FROM nowhere' })).toEqual({
    kind: 'failed',
    error: { type: 'Refused', message, stack: undefined, userMessage: message },
  });
});

test("does not take a project's own tool for one that runs what its caller wrote", async () => {
  expect(await call(tools.unguarded, { sql: 'SELECT 1' })).toMatchObject({
    kind: 'failed',
    error: { type: 'Catalog', userMessage: undefined },
  });
});
