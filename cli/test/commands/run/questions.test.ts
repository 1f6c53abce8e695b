import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram, startServer } from '../../../../tests/support/program.ts';
import { makeAskingProject } from '../../support/asking-project.ts';
import { runInTerminal } from '../../support/in-terminal.ts';
import { json } from '../../support/projects.ts';

const folder = makeAskingProject();
const remove = ['run', 'tool', 'remove', '-p', 'id=7'];
const run = (...args: string[]) => runProgram(args, { cwd: folder });

const schema = {
  type: 'object',
  properties: {
    confirm: { type: 'boolean', title: 'Really' },
    reason: { type: 'string', enum: ['old', 'wrong'], default: 'old' },
    days: { type: 'integer', maximum: 9 },
  },
  required: ['confirm'],
};

test('what nobody answers ends the call, with what is asked and how to answer it', async () => {
  const error = `The call asks for what nobody has answered.\n- sure: Remove 7?\n  ${JSON.stringify(schema)}`;
  const hint = `Answer in a terminal, without --json, or with --answer 'sure={"confirm":true}'`;
  expect(await run(...remove)).toEqual({ exitCode: 1, stdout: '', stderr: `${error}\n${hint}\n` });
  const { exitCode, stdout } = await run(...remove, '--json');
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    {
      status: 'error',
      error,
      code: 'input-required',
      hint,
      requests: {
        sure: {
          method: 'elicitation/create',
          params: { mode: 'form', message: 'Remove 7?', requestedSchema: schema },
        },
      },
    },
  ]);
});

test('an answer of the command line is used, of a file too', async () => {
  writeFileSync(join(folder, 'sure.json'), '{"action": "accept", "content": {"confirm": true, "days": 3}}');
  const result = { id: 7, confirm: true, reason: 'old' };
  expect((await run(...remove, '--json', '--answer', 'sure={"confirm": true}')).stdout).toBe(
    json({ status: 'ok', result: { ...result, days: null } }),
  );
  expect((await run(...remove, '--json', '--answer', 'sure=@sure.json')).stdout).toBe(
    json({ status: 'ok', result: { ...result, days: 3 } }),
  );
  expect(await run(...remove, '--answer', 'sure=decline')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'The user declined.\n',
  });
});

test('an answer that fits no question is wrong usage', async () => {
  expect(await run(...remove, '--answer', 'sure={"confirm": "maybe", "days": 20}')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `The answer to "sure" does not fit its form: /confirm must be true or false; /days must be at most 9.
For example: --answer 'sure={"confirm":true}'
`,
  });
  expect(await run(...remove, '--answer', 'sure=@nowhere.json')).toMatchObject({
    exitCode: 2,
    stderr: `The file nowhere.json of --answer cannot be read.
An answer that starts with @ names a file; for the text itself write @@nowhere.json.
`,
  });
});

test('an answer that nobody asked for, or two to one question, are told', async () => {
  const sure = ['--answer', 'sure={"confirm": true}'];
  const { exitCode, stdout, stderr } = await run(...remove, ...sure, '--answer', 'sur=accept', '--json');
  const told = 'Nothing was asked under "sur". Did you mean "sure"?';
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([
    0,
    `${told}\n`,
    { status: 'ok', result: { id: 7, confirm: true, reason: 'old', days: null } },
  ]);
  expect(await run(...remove, ...sure, '--answer', 'sure=decline')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: '--answer gives two answers to "sure".\nKeep one of them.\n',
  });
});

const answers = ['--answer', 'style=Broken glass.', '--answer', 'roots=["file:///work"]', '--answer', 'pay=accept'];
const answered = ['Broken glass.', ['file:///work'], 'accept', 'mxcp-ts run'];

test('questions of every kind, in two rounds', async () => {
  expect((await run('run', 'tool', 'ask', '--json', ...answers)).stdout).toBe(json({ status: 'ok', result: answered }));
  expect(
    (await run('run', 'tool', 'ask', ...answers.slice(0, 4))).stderr,
  ).toBe(`The call asks for what nobody has answered.
- pay: Please pay. https://example.com/pay
Answer in a terminal, without --json, or with --answer 'style=Broken glass.' --answer 'roots=["file:///work"]' --answer pay=accept
`);
});

test('answers go through a running server as well', async () => {
  const server = await startServer(folder);
  try {
    expect((await run('run', 'tool', 'ask', '--json', ...answers)).stdout).toBe(
      json({ status: 'ok', result: answered }),
    );
    expect(await run(...remove)).toMatchObject({ exitCode: 1, stdout: '' });
  } finally {
    await server.stop();
  }
});

const inTerminal = (args: readonly string[], dialogue: Parameters<typeof runInTerminal>[1]) =>
  runInTerminal([...args, '-C', folder], dialogue);

test('somebody at a terminal is asked field by field, until the value fits', async () => {
  const dialogue = [
    ['confirm (', 'yes\r'],
    ['reason (', 'blue\r'],
    ['reason (', '\r'],
    ['days (', '20\r'],
    ['days (', '3\r'],
  ] as const;
  expect(await inTerminal(remove, dialogue)).toEqual({
    exitCode: 0,
    shown: `Remove 7?
  Really
  confirm (yes or no): yes
  reason (old, wrong; default old): blue
  reason must be one of "old", "wrong".
  reason (old, wrong; default old):${' '}
  days (whole number; may be left out): 20
  days must be at most 9.
  days (whole number; may be left out): 3
{
  "id": 7,
  "confirm": true,
  "reason": "old",
  "days": 3
}
`,
  });
});

test.each([
  ['an empty line where a field is required declines', '\r', 1, 'The user declined.\n'],
  ['Ctrl-D closes the form', '\x04', 1, 'The user did not answer.\n'],
  ['Ctrl-C ends the command', '\x03', 130, 'The call was cancelled.\n'],
])('%s', async (_title, typed, exitCode, said) => {
  const shown = `Remove 7?\n  Really\n  confirm (yes or no): \n${said}`;
  expect(await inTerminal(remove, [['confirm (', typed]])).toEqual({ exitCode, shown });
});

test('it is also the model, names folders and goes to pages', async () => {
  const dialogue = [
    ['> ', 'Broken\r'],
    ['> ', 'glass.\r'],
    ['> ', '\r'],
    ['> ', '/work\r'],
    ['> ', '\r'],
    ['no): ', 'n\r'],
  ] as const;
  const { exitCode, shown } = await inTerminal(['run', 'tool', 'ask'], dialogue);
  expect([exitCode, shown]).toEqual([
    0,
    `The handler asks a model:
  system: Be short.
  user: What is cubism?
What does it say? An empty line ends the answer.
> Broken
> glass.
>${' '}
The handler asks which folders you work on: one per line, an empty line ends the list.
> /work
>${' '}
Please pay.
  https://example.com/pay
  Do you go there? (yes or no): n
"Broken\\nglass."
["${pathToFileURL('/work').href}"]
"decline"
"mxcp-ts run"
4 rows
`,
  ]);
});
