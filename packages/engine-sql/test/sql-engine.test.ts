import type { CallContext, Database, EngineHost, HandlerCall, HandlerResult, StartedEngine } from '@mxcp-ts/engine';
import type { CompletionDefinition, EndpointDefinition, PromptDefinition } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqlEngine } from '../src/index.ts';
import { check, elicitOf, projectWith, sqlTool } from './support/endpoints.ts';
import { execute, openTestDatabase, sqlFile, threadFile } from './support/fixtures.ts';

const a = { name: 'a', type: 'integer' as const };
const sql = { name: 'sql', type: 'string' as const };
const tools = {
  plain: sqlTool('plain', 'SELECT $a + 1 AS b', { parameters: [a] }),
  failing: sqlTool('failing', "SELECT ('x' || $a)::INTEGER", { parameters: [a] }),
  capped: sqlTool('capped', 'FROM range($a)', { parameters: [a], maxRows: 2 }),
  guarded: sqlTool('guarded', 'FROM query_of_caller($sql)', { parameters: [sql], pack: 'sql', maxRows: 5 }),
  who: sqlTool('who', "SELECT get_username() AS u, get_request_header('X-Team') AS t"),
  asking: sqlTool('asking', 'SELECT $a || $seats AS b', {
    parameters: [a],
    elicit: elicitOf([
      { name: 'Seats', type: 'integer' },
      { name: 'confirm', type: 'boolean' },
    ]),
  }),
  unguarded: sqlTool('unguarded', 'FROM query_of_caller($sql)', { parameters: [sql] }),
};

const { annotations: _1, inputSchema: _2, task: _3, pack: _4, ...base } = tools.plain;
const prompt: PromptDefinition = {
  ...base,
  kind: 'prompt',
  id: 'prompt:p',
  messages: [],
  completions: {},
  // Of the model's answer.
  returns: { type: 'string' },
};
const completion: CompletionDefinition = {
  ...base,
  kind: 'completion',
  id: 'completion:prompt:p#city',
  parameters: [
    { name: 'value', type: 'string' },
    { name: 'country', type: 'string', nullable: true, default: null },
  ],
  source: { language: 'sql', sql: sqlFile('c.sql', "SELECT $value || 'x' AS city") },
};

let database: Database;
let engine: StartedEngine;
beforeAll(async () => {
  database = await openTestDatabase();
  await execute(database, 'CREATE TABLE t AS SELECT 1 AS a');
  const host: EngineHost = {
    project: projectWith('/'),
    database,
    sessions: { get: () => undefined, set: () => undefined, delete: () => {}, keys: () => [], clear: () => {} },
    log: () => {},
    announce: () => {},
    requestReload: undefined,
  };
  engine = await createSqlEngine({ threadFile }).start([...Object.values(tools), prompt, completion], host);
});
afterAll(() => database.close({ deadlineMs: 100 }));

const nobody: CallContext = {
  transport: 'cli',
  requestId: undefined,
  headers: {},
  user: undefined,
  client: undefined,
  session: undefined,
};
const client: HandlerCall['client'] = { progress() {}, log() {} };

const ask: HandlerCall['ask'] = () => ({ kind: 'waiting' });

function call(endpoint: EndpointDefinition, args: JsonObject, context = nobody): Promise<HandlerResult> {
  return engine.bind(endpoint)({ id: 'c1', args, signal: new AbortController().signal, context, client, ask });
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

test('what the user is asked for is a parameter of the SQL, which has to use it', async () => {
  expect(await call(tools.asking, { a: 1, Seats: 2, confirm: true })).toEqual({ kind: 'ok', value: [{ b: '12' }] });
  expect(await check([tools.asking], '/nowhere')).toEqual([
    'asking.yml#/elicit/fields/1/name:1:1 error plan/sql-unused-parameter No statement uses the field "confirm". hint: Use it as $confirm, or remove it.',
  ]);
});

test('SQL gives the messages of a prompt and the values of a completion', async () => {
  expect(await call(prompt, { a: 1 })).toEqual({ kind: 'ok', value: [{ b: 2 }] });
  expect(await call(completion, { value: 'y', country: null })).toEqual({ kind: 'ok', value: [{ city: 'yx' }] });
  expect(await check([prompt, completion], '/nowhere')).toEqual([]);
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
