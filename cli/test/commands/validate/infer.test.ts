import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../../../tests/support/make-project.ts';
import { runProgram } from '../../../../tests/support/program.ts';
import { respond } from '../../support/admin-responder.ts';
import { brokenSql, brokenYaml, greet, sqlTool } from '../../support/projects.ts';
import { runHere } from '../../support/run-here.ts';

const files = {
  'tools/greet.yml': greet,
  'tools/notes.yml': sqlTool(
    'notes',
    "SELECT 1 AS id, DATE '2026-01-01' AS day, ['a'] AS tags, struct_pack(x := 0.5) AS place",
  ),
  'tools/broken.yml': brokenSql,
  'tools/script.yml': 'mxcp: 1\ntool: { name: script, source: { file: ../script.ts } }\n',
  'script.ts': 'export const script = () => 1;\n',
  'resources/all.yml': "mxcp: 1\nresource: { uri: 'notes://all', source: { code: SELECT 1 AS one } }\n",
};

const block = `# tools/notes.yml: tool notes
  return:
    type: array
    items:
      type: object
      properties:
        id: { type: integer }
        day: { type: string, format: date }
        tags:
          type: array
          items: { type: string }
        place:
          type: object
          properties:
            x: { type: number }

`;

test.concurrent('prints what SQL endpoints could return, and why others say nothing', async () => {
  const { exitCode, stdout, stderr } = await runProgram(['validate', '--infer', '-C', makeProject(files)]);
  expect([exitCode, stderr]).toEqual([
    1,
    `tools/broken.yml: nothing can be inferred for the tool broken. The columns of its query are not known before it runs.
tools/script.yml: nothing can be inferred for the tool script. Only SQL says what it gives before it runs; this is TypeScript.
5 endpoint files checked: 1 error.
`,
  ]);
  expect(stdout.slice(stdout.indexOf('#'))).toBe(
    `${block}# resources/all.yml: resource notes://all\n${block.split('\n').slice(1, 6).join('\n')}\n        one: { type: integer }\n\n`,
  );
});

test.concurrent('the block can be pasted, and nothing is left to infer then', async () => {
  const folder = makeProject({ 'tools/notes.yml': files['tools/notes.yml'] });
  const file = join(folder, 'tools/notes.yml');
  const { stdout } = await runProgram(['validate', '--infer', '-C', folder]);
  expect(stdout).toBe(block);
  writeFileSync(file, `${readFileSync(file, 'utf8')}${stdout.split('\n').slice(1).join('\n')}`);
  expect(await runProgram(['validate', '--infer', '-C', folder])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr:
      'Every tool and resource that can be read declares what it returns.\n1 endpoint file checked: no findings.\n',
  });
});

test.concurrent('--json gives it as data, for the files that were asked for', async () => {
  const folder = makeProject({ ...files, 'tools/yaml.yml': brokenYaml });
  const { stdout } = await runProgram(
    ['validate', '--infer', '--json', 'tools/script.yml', 'notes://all', '-C', folder],
    {
      cwd: folder,
    },
  );
  expect(JSON.parse(stdout).result.inferred).toEqual([
    {
      path: 'tools/script.yml',
      kind: 'tool',
      name: 'script',
      return: null,
      reason: 'Only SQL says what it gives before it runs; this is TypeScript.',
    },
    {
      path: 'resources/all.yml',
      kind: 'resource',
      name: 'notes://all',
      return: { type: 'array', items: { type: 'object', properties: { one: { type: 'integer' } } } },
      reason: null,
    },
  ]);
});

test('a running server is asked, because it has the database', async () => {
  const folder = makeProject({ 'tools/notes.yml': files['tools/notes.yml'] });
  await respond({
    'POST /validate': async () => ({ files: [], diagnostics: [] }),
    'POST /infer': async () => ({
      inferred: [{ endpoint: 'tool:notes', returns: { type: 'array', items: { type: 'object' } }, reason: null }],
    }),
  });
  const { exitCode, stdout } = await runHere(['validate', '--infer', '-C', folder]);
  expect([exitCode, stdout]).toEqual([
    0,
    '# tools/notes.yml: tool notes\n  return:\n    type: array\n    items: { type: object }\n\n',
  ]);
});
