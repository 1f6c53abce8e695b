import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../tests/support/make-project.ts';
import { runProgram } from '../../tests/support/program.ts';
import { runHere } from './support/run-here.ts';

const help = 'Run `mxcp-ts --help` or `mxcp-ts <command> --help`.';

test.each([
  [['bogus'], 'There is no command "bogus".', help],
  [['lst'], 'There is no command "lst".', 'Did you mean "list"?'],
  [['run', 'tool'], 'The argument <name> is missing.', help],
  [['run', 'widget', 'x'], '"widget" is no value for <type>. It must be tool, resource or prompt.', help],
  [['run', 'tool', 'x', 'y'], '`run` takes 2 arguments, it got 3.', help],
  [['run', 'tool', 'x', '-p', 'abc'], '"abc" is no value for --param. It must look like name=value.', help],
  [['run', 'tool', 'x', '-p', '=1'], '"=1" is no value for --param. It must look like name=value.', help],
  [['run', 'tool', 'x', '-p'], 'The option --param needs a value.', help],
  [['list', '--profle', 'x'], 'There is no option --profle here.', 'Did you mean "--profile"?'],
  [
    ['serve', '--transport', 'foo'],
    '"foo" is no value for --transport. It must be one of streamable-http, http, sse, stdio.',
    help,
  ],
  [['serve', '--port', '70000'], '"70000" is no value for --port. It must be a number from 0 to 65535.', help],
  [['list', '-C', '/no/such'], 'The folder /no/such does not exist.', undefined],
  [['query'], 'Give either a SQL text or --file, and not both.', undefined],
  [['query', 'SELECT 1', '--file', 'x.sql'], 'Give either a SQL text or --file, and not both.', undefined],
  [['query', '--file', '/no/such.sql'], 'The file /no/such.sql cannot be read.', undefined],
] as const)('wrong usage is one document and one message: %j', async (args, error, hint) => {
  expect(await runHere([...args, '--json'])).toEqual({
    exitCode: 2,
    stdout: `${JSON.stringify({ status: 'error', error, code: 'usage', hint }, null, 2)}\n`,
    stderr: `${error}\n${hint === undefined ? '' : `${hint}\n`}`,
  });
});

test.each(['validate', 'list', 'run tool x', 'query SELECT'])(
  '%s says where it looked for a project',
  async command => {
    const folder = makeFolder();
    const error = `There is no mxcp-site.yml in ${folder} or in any folder above it.`;
    const hint = 'Go to a project folder, name one with -C, or make one with `mxcp-ts init`.';
    expect(await runHere([...command.split(' '), '--json', '-C', folder])).toEqual({
      exitCode: 2,
      stdout: `${JSON.stringify({ status: 'error', error, code: 'no-project', hint }, null, 2)}\n`,
      stderr: `${error}\n${hint}\n`,
    });
  },
);

test.each([
  [['--version', '--json'], /^0\.\d+\.\d+$/],
  [['--json'], /^Usage: mxcp-ts /],
  [['run', '--help', '--json'], /^Usage: mxcp-ts run /],
] as const)('%j prints one document', async (args, result) => {
  const { exitCode, stdout, stderr } = await runHere(args);
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([
    0,
    '',
    { status: 'ok', result: expect.stringMatching(result) },
  ]);
});

test('without --json stdout stays empty when the usage is wrong', async () => {
  expect(await runProgram(['bogus'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `There is no command "bogus".\n${help}\n`,
  });
});

test('no command prints the help to stdout', async () => {
  const { exitCode, stdout, stderr } = await runProgram([]);
  expect([exitCode, stderr, stdout.split('\n')[0]]).toEqual([0, '', 'Usage: mxcp-ts [options] [command]']);
});

test('what the system refuses is one line, not a bug', async () => {
  const file = join(makeFolder(), 'x'.repeat(300));
  expect(await runHere(['init', file])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^\/\S+ cannot be used: the name is too long\.\n$/),
  });
});
