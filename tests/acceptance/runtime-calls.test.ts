import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient, type Generation, type TestClient } from '../support/clients.ts';
import { type RunningServer, startServer } from '../support/program.ts';
import { callListening } from './support/listening-call.ts';
import { languages, makeRuntimeApiProject } from './support/runtime-api-project.ts';

const token = 'tk-0123456789-hush';
let folder: string;
let server: RunningServer;
let client: TestClient;
let sessionClient: TestClient;

beforeAll(async () => {
  const project = makeRuntimeApiProject();
  folder = project.folder;
  server = await startServer(folder, [], { env: project.env });
  client = await connect('v2 of 2026');
  sessionClient = await connect('v1');
});

afterAll(async () => {
  await client.close();
  await sessionClient.close();
  await server.stop();
});

const connect = (generation: Generation, headers = {}) => connectClient(generation, { url: server.url, headers });
const jsonOf = async (asking: TestClient, name: string, args = {}) =>
  JSON.parse((await asking.callTool(name, args)).text);

describe.each(languages)('%s', language => {
  const name = (tool: string) => `${language}_${tool}`;

  test('a session outlives the process of the handlers, and each client has its own', async () => {
    const other = await connect('v2');
    const first = await jsonOf(sessionClient, name('visit'));
    expect(first.visits).toBe(1);
    process.kill(first.pid, 'SIGKILL');
    // The call that finds the process dead may be the one that fails.
    const again = await expectEventually(() => jsonOf(sessionClient, name('visit')));
    expect(again).toEqual({ visits: 2, pid: expect.any(Number) });
    expect(again.pid).not.toBe(first.pid);
    expect((await jsonOf(other, name('visit'))).visits).toBe(1);
    await other.close();
  });

  test('an anonymous caller of 2026 has no session, and the log says so', async () => {
    const incident = incidentOf(await client.callTool(name('visit')), name('visit'));
    expect(logAt(incident)).toContain('session');
  });

  test('headers are found in any case, in code and in SQL', async () => {
    const named = await connect('v2 of 2026', { 'X-Team': 'blue' });
    expect(await jsonOf(named, name('headers'))).toEqual({ code: 'blue', also: 'blue', sql: 'blue' });
    expect(await jsonOf(named, 'sql_team')).toEqual([{ team: 'blue', username: null }]);
    await named.close();
  });

  test('50 callers at once have each their own headers', async () => {
    const teams = Array.from({ length: 50 }, (_, number) => `team ${number}`);
    const clients = await Promise.all(
      teams.map((team, number) => connect(number % 2 === 0 ? 'v2 of 2026' : 'v2', { 'X-Team': team })),
    );
    const inCode = await Promise.all(clients.map(each => jsonOf(each, name('headers'))));
    expect(inCode).toEqual(teams.map(team => ({ code: team, also: team, sql: team })));
    const inSql = await Promise.all(clients.map(each => jsonOf(each, 'sql_team')));
    expect(inSql).toEqual(teams.map(team => [{ team, username: null }]));
    await Promise.all(clients.map(each => each.close()));
  });

  test('the context says who calls and how', async () => {
    expect(await jsonOf(client, name('caller'))).toEqual({ user: null, transport: 'http', endpoint: name('caller') });
  });

  test.each(['2025', '2026'] as const)('progress and messages reach a client of %s', async revision => {
    expect(await callListening(server.url, revision, name('tell'))).toEqual({
      text: 'told',
      progress: [
        { progress: 1, total: 2, message: 'half' },
        { progress: 2, total: 2 },
      ],
      logs: [{ level: 'info', data: { message: 'Halfway.', step: 1 }, logger: 'loader' }],
    });
  });

  test('the text of a UserError arrives; another exception is an incident, whose stack is in the log', async () => {
    expect(await client.callTool(name('user_error'))).toMatchObject({ isError: true, text: 'There is no such order.' });
    const incident = incidentOf(await client.callTool(name('defect')), name('defect'));
    const place = language === 'py' ? /LookupError: inner detail/ : /RangeError: inner detail/;
    expect(logAt(incident)).toMatch(place);
    expect(logAt(incident)).toMatch(language === 'py' ? /calls\.py", line \d+, in py_defect/ : /calls\.ts:\d+:\d+/);
  });

  test('a handler notices that its call was cancelled', async () => {
    await cancelled(name('wait_async'));
  });

  test('a secret is whole for the handler and masked in the log', async () => {
    const seen = await jsonOf(client, name('secret'));
    expect(seen).toMatchObject({ length: token.length, missing: null, setting: ['sql/tables.sql'], fallback: 'none' });
    const incident = incidentOf(await client.callTool(name('secret'), { fail: true }), name('secret'));
    expect(logAt(incident)).toContain('refused ****');
    expect(server.stderr()).toContain('printed ****');
    expect(server.stderr()).toContain('logged ****');
    expect(server.stderr()).not.toContain(token);
  });

  test('SQL functions of plug-ins know NULL, many rows, and what their language throws', async () => {
    expect(await jsonOf(client, 'sql_functions')).toEqual([
      {
        class: '1.5 kilometres',
        class_null: null,
        py: 'a b',
        py_null: null,
        py_special: 'nothing',
        ts: 'a b',
        ts_null: null,
        ts_special: 'nothing',
      },
    ]);
    expect(await jsonOf(client, 'sql_many')).toEqual([{ py: 10_000, ts: 10_000 }]);
    const refused = incidentOf(await client.callTool(`sql_${language}_refuse`), `sql_${language}_refuse`);
    expect(logAt(refused)).toContain(`${language}_refuse does not like me`);
  });

  test('a SQL function that asks the database is told that it cannot', async () => {
    const tool = `sql_${language}_ask_back`;
    expect(logAt(incidentOf(await client.callTool(tool), tool))).toContain(
      'db.execute cannot be used inside a SQL function: the',
    );
    expect(await jsonOf(client, 'sql_team')).toEqual([{ team: null, username: null }]);
  });
});

test('a plain Python function notices that its call was cancelled', async () => {
  await cancelled('py_wait_plain');
});

test('handlers reach the plug-ins of their language', async () => {
  expect(await jsonOf(client, 'py_plugins')).toEqual({
    list: ['geo', 'words'],
    plain: 'a b',
    class: '1.5 kilometres',
    missing: null,
  });
  expect(await jsonOf(client, 'ts_plugins')).toEqual({ list: ['text'], plain: 'a b', missing: null });
});

/** Cancels a call that runs, and waits for what the handler writes then. */
async function cancelled(tool: string): Promise<void> {
  const file = join(folder, `${tool}.txt`);
  const said = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const abort = new AbortController();
  const call = client.callTool(tool, {}, abort.signal).catch(() => 'cancelled');
  await expect.poll(said, { timeout: 10_000 }).toBe('started');
  abort.abort();
  expect(await call).toBe('cancelled');
  await expect.poll(said, { timeout: 10_000 }).toBe('cancelled');
}

function incidentOf({ isError, text }: { readonly isError: boolean; readonly text: string }, tool: string): string {
  const pattern = new RegExp(`^The tool ${tool} failed \\(incident ([0-9a-f]+)\\)\\.$`);
  expect(text).toMatch(pattern);
  expect(isError).toBe(true);
  return pattern.exec(text)?.[1] ?? '';
}

/** The log from the line of an incident on. */
function logAt(incident: string): string {
  const log = server.stderr();
  const at = log.indexOf(incident);
  expect(at).toBeGreaterThan(-1);
  return log.slice(log.lastIndexOf('\n', at) + 1);
}

async function expectEventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 20; left > 0; left -= 1) {
    try {
      return await attempt();
    } catch {
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
  return attempt();
}
