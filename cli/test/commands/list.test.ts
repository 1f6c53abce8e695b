import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { runProgram } from '../../../tests/support/program.ts';
import { brokenYaml, greet, json } from '../support/projects.ts';

const resource = `mxcp: 1
resource:
  uri: notes://{id}
  description: Test.
  parameters: [{ name: id, type: string, description: Which. }]
  source: { code: SELECT $id AS id }
`;
const files = {
  'tools/greet.yml': greet,
  'tools/off.yml': greet.replace('name: greet', 'name: off\n  enabled: false'),
  'tools/yaml.yml': brokenYaml,
  'resources/notes.yml': resource,
};

test.concurrent('shows what there is by kind, with what is broken', async () => {
  expect(await runProgram(['list', '-C', makeProject(files)])).toEqual({
    exitCode: 0,
    stdout: `2 tools
  greet  sql         tools/greet.yml
  off                tools/off.yml  disabled
1 resource
  notes://{id}  sql         resources/notes.yml
1 file that cannot be read
  unknown              tools/yaml.yml  error: A list that starts with [ is not closed.
`,
    stderr: '',
  });
});

test.concurrent('--json gives each file as data', async () => {
  const entry = {
    kind: 'tool',
    name: 'greet',
    title: 'Greet',
    description: 'Test.',
    language: 'sql',
    task: 'optional',
    enabled: true,
    error: null,
  };
  const titled = greet.replace('name: greet', 'name: greet\n  title: Greet\n  task: optional');
  const folder = makeProject({ 'tools/greet.yml': titled, 'tools/yaml.yml': brokenYaml });
  expect(await runProgram(['list', '--json', '-C', folder])).toEqual({
    exitCode: 0,
    stdout: json({
      status: 'ok',
      result: {
        status: 'error',
        endpoints: [
          { path: 'tools/greet.yml', ...entry },
          {
            path: 'tools/yaml.yml',
            kind: 'unknown',
            name: 'unknown',
            title: null,
            description: null,
            language: null,
            task: null,
            enabled: true,
            error: 'A list that starts with [ is not closed.',
          },
        ],
      },
    }),
    stderr: '',
  });
});

test.concurrent('a broken site file is said, and does not hide the endpoints', async () => {
  const site = 'mxcp: 1\nprojct: test\nprofile: default\n';
  expect(await runProgram(['list', '-C', makeProject({ 'mxcp-site.yml': site, 'tools/greet.yml': greet })])).toEqual({
    exitCode: 0,
    stdout: '1 tool\n  greet  sql         tools/greet.yml\n',
    stderr: expect.stringMatching(/^The configuration has \d errors?; `mxcp-ts validate` tells more\.\n$/),
  });
});

test.concurrent('tools of packs are listed behind the path of their pack', async () => {
  const site = 'mxcp: 1\nproject: test\nprofile: default\npacks: [sql]\n';
  expect(await runProgram(['list', '-C', makeProject({ 'mxcp-site.yml': site })])).toMatchObject({
    stdout: `3 tools
  execute_sql_query  sql         mxcp-ts:tools/sql/tools/execute_sql_query.yml
  get_table_schema   sql         mxcp-ts:tools/sql/tools/get_table_schema.yml
  list_tables        sql         mxcp-ts:tools/sql/tools/list_tables.yml
`,
  });
});

test.concurrent('what proposes values for a parameter is no endpoint', async () => {
  const prompt = `mxcp: 1
prompt:
  name: ask
  parameters: [{ name: topic, type: string, complete: { code: "SELECT 'birds' AS topic" } }]
  messages: [{ prompt: "Tell me about {{ topic }}." }]
`;
  expect(await runProgram(['list', '-C', makeProject({ 'prompts/ask.yml': prompt })])).toMatchObject({
    stdout: '1 prompt\n  ask              prompts/ask.yml\n',
  });
});

test.concurrent('an empty project says where endpoints go', async () => {
  expect(await runProgram(['list', '-C', makeProject({})])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'The project has no endpoints yet. Put YAML files into tools/, resources/ or prompts/.\n',
  });
});
