import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { runProgram } from '../../../tests/support/program.ts';
import { respond } from '../support/admin-responder.ts';
import { brokenSql, brokenYaml, greet, json, sqlTool } from '../support/projects.ts';
import { runHere } from '../support/run-here.ts';

const parameters = `  parameters:
    - { name: n, type: integer, default: null, description: A number. }
    - { name: t, type: string, default: null, description: A text. }
    - { name: list, type: array, items: { type: integer }, default: null, description: Numbers. }
`;
const files = {
  'tools/greet.yml': greet,
  'tools/echo.yml': sqlTool('echo', 'SELECT $n AS n, $t AS t, $list AS list', parameters),
  'tools/broken.yml': brokenSql,
  'tools/yaml.yml': brokenYaml,
  'tools/long.yml': sqlTool('long', "SELECT 'text' AS v", '  return: { type: string, maxLength: 2 }\n'),
  'tools/typed.yml': sqlTool('typed', "SELECT 'text' AS v", '  return: { type: integer }\n'),
  'tools/who.yml': `mxcp: 1
tool: { name: who, source: { file: ../who.ts } }
`,
  'who.ts': `import { context } from 'mxcp-ts/runtime';
export const who = () => {
  const { user, headers, transport } = context();
  return { transport, name: user?.username ?? null, role: user?.rawProfile?.role ?? null, team: headers['x-team'] ?? null };
};
`,
  'tools/import.yml': `mxcp: 1
tool:
  name: needs_package
  description: Test.
  language: python
  source: { file: ../python/needs_package.py }
`,
  'python/needs_package.py': 'import no_such_package\n\ndef needs_package():\n    return 1\n',
  'resources/note.yml': `mxcp: 1
resource:
  uri: notes://{id}
  description: Test.
  parameters: [{ name: id, type: string, description: Which. }]
  return: { type: object }
  source: { code: SELECT $id AS id }
`,
  'prompts/unfit.yml': `mxcp: 1
prompt: { name: unfit, source: { code: "SELECT 'bot' AS role, 'Hi.' AS content" } }
`,
  'prompts/ask.yml': `mxcp: 1
prompt:
  name: ask
  description: Test.
  parameters: [{ name: topic, type: string, description: What about. }]
  messages: [{ role: user, type: text, prompt: "Tell me about {{ topic }}." }]
`,
};
const folder = makeProject(files);
writeFileSync(join(folder, 'list.json'), '[1, 2]');
writeFileSync(join(folder, 'bad.json'), '[1, 2');

// One after the other: a file of DuckDB is open in one process at a time.
const run = (...args: string[]) => runProgram(['run', ...args], { cwd: folder });
const refused = (error: string, hint?: string) => json({ status: 'error', error, code: 'usage', hint });

test('prints the result, broken neighbours or not', async () => {
  expect(await run('tool', 'greet', '-p', 'name=World')).toEqual({
    exitCode: 0,
    stdout: 'Hello, World!\n',
    stderr: '',
  });
});

test('reads parameters as text, as JSON from a file, and with an @ of their own', async () => {
  const { stdout } = await run(
    'tool',
    'echo',
    '-p',
    'n=1',
    '-p',
    'n=2',
    '-p',
    't=@@a=b',
    '--param=list=@list.json',
    '--json',
  );
  expect(stdout).toBe(json({ status: 'ok', result: [{ n: 2, t: '@a=b', list: [1, 2] }] }));
});

test('a file of a parameter that cannot be read is wrong usage', async () => {
  expect(await run('tool', 'echo', '-p', 'list=@bad.json', '--json')).toMatchObject({
    exitCode: 2,
    stdout: refused('The file bad.json does not hold valid JSON.'),
  });
  expect(await run('tool', 'echo', '-p', 't=@me', '--json')).toMatchObject({
    exitCode: 2,
    stdout: refused(
      'The file me cannot be read.',
      'A value that starts with @ names a file; for the text itself write @@me.',
    ),
  });
});

test('says everything that is wrong with the arguments', async () => {
  const problems = [
    { pointer: '/n', message: 'must be an integer' },
    { pointer: '/m', message: 'is not a declared argument; did you mean "n"?' },
  ];
  const { exitCode, stdout } = await run('tool', 'echo', '-p', 'n=1.5', '-p', 'm=1', '--json');
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    expect.objectContaining({
      status: 'error',
      code: 'invalid-input',
      problems: expect.arrayContaining(problems.slice(0, 1)),
    }),
  ]);
});

test('a prompt that gives what is no message fails, as it would for a client', async () => {
  const problem = { pointer: '/0', message: 'must have the role "user" or "assistant"' };
  const { exitCode, stdout, stderr } = await run('prompt', 'unfit', '--json');
  const { incident, ...said } = JSON.parse(stdout);
  const error = `The result does not fit its declared type (incident ${incident}).\n- /0 ${problem.message}`;
  expect([exitCode, said]).toEqual([1, { status: 'error', error, code: 'invalid-output', problems: [problem] }]);
  expect(stderr).toContain(error);
  expect(await run('prompt', 'unfit')).toMatchObject({ exitCode: 1, stdout: '' });
});

test('runs a resource by its template and by a URI, and a prompt', async () => {
  expect((await run('resource', 'notes://{id}', '-p', 'id=7', '--json')).stdout).toBe(
    json({ status: 'ok', result: { id: '7' } }),
  );
  expect((await run('resource', 'notes://7', '--json')).stdout).toBe(json({ status: 'ok', result: { id: '7' } }));
  expect((await run('prompt', 'ask', '-p', 'topic=birds')).stdout).toBe('user:\nTell me about birds.\n');
  expect((await run('prompt', 'ask', '-p', 'topic=birds', '--json')).stdout).toBe(
    json({ status: 'ok', result: [{ prompt: 'Tell me about birds.', role: 'user', type: 'text' }] }),
  );
});

test('what is not there is said with what is near', async () => {
  expect(await run('tool', 'gret', '--json')).toEqual({
    exitCode: 1,
    stdout: json({
      status: 'error',
      error: 'There is no tool "gret".',
      code: 'not-found',
      hint: 'Did you mean "greet"?',
    }),
    stderr: 'There is no tool "gret".\nDid you mean "greet"?\n',
  });
});

test('what a server would refuse to serve does not run', async () => {
  const { exitCode, stdout, stderr } = await run('tool', 'broken', '--json');
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    {
      status: 'error',
      error: 'The tool "broken" cannot run.',
      code: 'invalid-project',
      hint: 'Mend the findings above; `mxcp-ts validate` lists all of them.',
      diagnostics: [
        expect.objectContaining({ code: 'plan/sql-syntax', path: 'tools/broken.yml', line: 6, column: 21 }),
      ],
    },
  ]);
  expect(stderr).toBe(`tools/broken.yml:6:21  error  plan/sql-syntax
  5 |   source:
  6 |     code: SELECT 1 +
    |                     ^
  Syntax error at end of input.

The tool "broken" cannot run.
Mend the findings above; \`mxcp-ts validate\` lists all of them.
`);
});

test('a module that does not load names the package and how to install it', async () => {
  const { exitCode, stdout } = await run('tool', 'needs_package', '--json');
  expect([exitCode, JSON.parse(stdout).diagnostics]).toEqual([
    1,
    [
      expect.objectContaining({
        code: 'plan/module-load',
        message: "Loading the module raised ModuleNotFoundError: No module named 'no_such_package'.",
        hint: expect.stringMatching(/^Install it with `\S+ -m pip install no_such_package`\.$/),
      }),
    ],
  ]);
});

test('a result that breaks its type is an error, unless that is not to be checked', async () => {
  const { exitCode, stdout } = await run('tool', 'long', '--json');
  const problem = { pointer: '', message: 'must have at most 2 characters' };
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    {
      status: 'error',
      error: expect.stringMatching(
        /^The result does not fit its declared type \(incident [0-9a-f]{8}\)\.\n- the value must have at most 2 characters$/,
      ),
      code: 'invalid-output',
      problems: [problem],
      incident: expect.stringMatching(/^[0-9a-f]{8}$/),
    },
  ]);
  const printed = { exitCode: 0, stdout: 'text\n', stderr: '' };
  expect(await run('tool', 'long', '--skip-output-validation')).toEqual(printed);
  expect(await run('tool', 'typed', '--skip-output-validation')).toEqual(printed);
});

test('a call is made for nobody, or for whoever the options say', async () => {
  expect((await run('tool', 'who', '--json')).stdout).toBe(
    json({ status: 'ok', result: { transport: 'cli', name: null, role: null, team: null } }),
  );
  writeFileSync(join(folder, 'headers.json'), '{"X-Team": "ops"}');
  const user = '{"username": "ada", "role": "analyst"}';
  expect((await run('tool', 'who', '-u', user, '--request-headers', '@headers.json', '--json')).stdout).toBe(
    json({ status: 'ok', result: { transport: 'cli', name: 'ada', role: 'analyst', team: 'ops' } }),
  );
});

test('a running server is told who calls', async () => {
  const bodies: unknown[] = [];
  await respond({
    'POST /invoke': async body => {
      bodies.push(body);
      return { kind: 'ok', value: 'done' };
    },
  });
  const args = ['--user-context', '{"username": "ada"}', '--request-headers', '{"X-Team": "ops"}', '-C', folder];
  expect(await runHere(['run', 'tool', 'who', ...args])).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' });
  const user = {
    provider: 'cli',
    user_id: 'cli_user',
    username: 'ada',
    email: null,
    name: null,
    avatar_url: null,
    raw_profile: { username: 'ada' },
    external_token: null,
    capabilities: [],
  };
  const client = {
    name: 'mxcp-ts run',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    abilities: ['elicit', 'elicit-url', 'sample', 'sample-tools', 'roots'],
  };
  expect(bodies).toEqual([{ endpoint: 'tool:who', args: {}, context: { user, headers: { 'x-team': 'ops' }, client } }]);
});

test.each([
  [['-u', '{ada}'], 'The value of --user-context is not valid JSON.'],
  [['--user-context', '[]'], 'The user context must be an object, such as {"username": "ada"}.'],
  [['--request-headers', '{"X-Team": 1}'], 'The request header "X-Team" must be a text.'],
])('%j is wrong usage', async (options, error) => {
  const { exitCode, stdout } = await runHere(['run', 'tool', 'who', ...options, '--json', '-C', folder]);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    2,
    expect.objectContaining({ status: 'error', error, code: 'usage' }),
  ]);
});

const reloading = (payload: string) =>
  makeProject({
    'tools/update.yml': 'mxcp: 1\ntool: { name: update, source: { file: ../update.ts } }\n',
    'update.ts': `import { reload } from 'mxcp-ts/runtime';
import { readFileSync, writeFileSync } from 'node:fs';
export const update = async () => {
  await reload({ description: 'new data', payload: () => { ${payload} } });
  return 'asked';
};
`,
  });

test('a reload that the handler asks for runs before the command ends', async () => {
  const project = reloading("writeFileSync('done.txt', 'yes');");
  expect(await runProgram(['run', 'tool', 'update', '-C', project])).toMatchObject({ exitCode: 0, stdout: 'asked\n' });
  expect(readFileSync(join(project, 'done.txt'), 'utf8')).toBe('yes');
});

test('one that fails is said, behind the result, and the exit code is 1', async () => {
  const project = reloading("throw new Error('no disk');");
  const { exitCode, stdout, stderr } = await runProgram(['run', 'tool', 'update', '-C', project]);
  expect([exitCode, stdout]).toEqual([1, 'asked\n']);
  expect(stderr).toContain('no disk');
  const document = JSON.parse((await runProgram(['run', 'tool', 'update', '--json', '-C', project])).stdout);
  expect(document).toEqual({
    status: 'error',
    error: expect.stringContaining('no disk'),
    code: 'reload-failed',
    result: 'asked',
  });
});
