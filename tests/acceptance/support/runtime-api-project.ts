import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../support/make-project.ts';

/** What stands for both languages: the tools of one begin with `py_`, of the other with `ts_`. */
export const languages = ['py', 'ts'] as const;

const source = fileURLToPath(new URL('../fixtures/runtime-api', import.meta.url));
const id = '{ name: id, type: string }';
const fail = '{ name: fail, type: boolean, default: false }';
const command = '{ name: command, type: array, items: { type: string } }';

const tools: Readonly<Record<'database' | 'calls' | 'life', Readonly<Record<string, string>>>> = {
  database: {
    execute: id,
    stream: '',
    leave_stream: '',
    commit: id,
    roll_back: id,
    fail_in_transaction: id,
    hang_in_transaction: id,
    load: id,
  },
  calls: {
    visit: '',
    headers: '',
    caller: '',
    tell: '',
    user_error: '',
    defect: '',
    wait_async: '',
    secret: fail,
    plugins: '',
  },
  life: { rebuild: command },
};
const ofPython = { database: { frames: id, arrow: '' }, calls: { wait_plain: '' }, life: {} };

/** The project of `fixtures/runtime-api` in a folder of its own, with an endpoint for each function. */
export function makeRuntimeApiProject(): { readonly folder: string; readonly env: Readonly<Record<string, string>> } {
  const folder = makeFolder();
  cpSync(source, folder, { recursive: true });
  mkdirSync(join(folder, 'tools'));
  for (const file of ['database', 'calls', 'life'] as const) {
    for (const [name, parameters] of Object.entries(tools[file])) {
      writeTool(folder, `py_${name}`, parameters, `../python/${file}.py`);
      writeTool(folder, `ts_${name}`, parameters, `../typescript/${file}.ts`);
    }
    for (const [name, parameters] of Object.entries(ofPython[file]))
      writeTool(folder, `py_${name}`, parameters, `../python/${file}.py`);
  }
  for (const [name, sql] of Object.entries(statements)) writeSql(folder, name, sql);
  return { folder, env: { MXCP_CONFIG: join(folder, 'config.yml') } };
}

const statements = {
  sql_team: "SELECT get_request_header('x-Team') AS team, get_username() AS username",
  sql_functions: `SELECT distance_geo(1500) AS class, distance_geo(NULL) AS class_null,
    py_normalize('  A   B ') AS py, py_normalize(NULL) AS py_null, py_or_nothing(NULL) AS py_special,
    ts_normalize('  A   B ') AS ts, ts_normalize(NULL) AS ts_null, ts_or_nothing(NULL) AS ts_special`,
  sql_many: `SELECT count(DISTINCT py_normalize('Row ' || range)) AS py, count(DISTINCT ts_normalize('Row ' || range)) AS ts
    FROM range(10000)`,
  sql_py_refuse: "SELECT py_refuse('me') AS text",
  sql_ts_refuse: "SELECT ts_refuse('me') AS text",
  sql_py_ask_back: "SELECT py_ask_back('me') AS text",
  sql_ts_ask_back: "SELECT ts_ask_back('me') AS text",
};

function writeTool(folder: string, name: string, parameters: string, file: string): void {
  const text = `mxcp: 1
tool:
  name: ${name}
  description: Test.
  parameters: [${parameters}]
  source: { file: ${file}, function: ${name} }
`;
  writeFileSync(join(folder, 'tools', `${name}.yml`), text);
}

function writeSql(folder: string, name: string, sql: string): void {
  const text = `mxcp: 1\ntool:\n  name: ${name}\n  description: Test.\n  source:\n    code: |\n      ${sql.replaceAll('\n', '\n      ')}\n`;
  writeFileSync(join(folder, 'tools', `${name}.yml`), text);
}
