import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../../../tests/support/program.ts';
import { makeAskingProject, png } from '../../support/asking-project.ts';
import { json } from '../../support/projects.ts';

const folder = makeAskingProject();
const run = (...args: string[]) => runProgram(['run', ...args], { cwd: folder });
const image = { type: 'image', data: png, mimeType: 'image/png' };
const written = (name: string) => readFileSync(join(folder, name));

test('media are told in a terminal and whole for programs', async () => {
  expect((await run('tool', 'beside')).stdout).toBe(`{
  "title": "Pixel"
}

[image/png, 70 bytes]

It is red.
`);
  expect((await run('tool', 'beside', '--json')).stdout).toBe(
    json({
      status: 'ok',
      result: { title: 'Pixel' },
      content: [image, { type: 'text', text: 'It is red.' }],
      meta: { author: 'Ada' },
    }),
  );
  expect((await run('tool', 'two')).stdout).toBe('[image/png, 70 bytes]\n\n[image/png, 70 bytes]\n');
  expect((await run('tool', 'two', '--json')).stdout).toBe(json({ status: 'ok', result: [image, image] }));
  expect((await run('resource', 'pixels://red')).stdout).toBe('[image/png, 70 bytes]\n');
  expect((await run('resource', 'pixels://red', '--json')).stdout).toBe(json({ status: 'ok', result: png }));
});

test('--output writes the one medium, or the text, into a file', async () => {
  const path = join(folder, 'pixel.png');
  expect(await run('resource', 'pixels://red', '--output', 'pixel.png')).toEqual({
    exitCode: 0,
    stdout: '[image/png, 70 bytes]\n',
    stderr: `Written to ${path}: image/png, 70 bytes.\n`,
  });
  expect(written('pixel.png').toString('base64')).toBe(png);
  expect(JSON.parse((await run('tool', 'beside', '--output', 'beside.png', '--json')).stdout)).toMatchObject({
    status: 'ok',
    output: join(folder, 'beside.png'),
  });
  expect(written('beside.png').toString('base64')).toBe(png);
  expect((await run('tool', 'text', '--output', 'text.svg')).stderr).toBe(
    `Written to ${join(folder, 'text.svg')}: image/svg+xml, 6 bytes.\n`,
  );
  expect(written('text.svg').toString()).toBe('<svg/>');
});

test('a result without a single medium is printed, and the exit code is 1', async () => {
  expect(await run('tool', 'two', '--output', 'two.png')).toEqual({
    exitCode: 1,
    stdout: '[image/png, 70 bytes]\n\n[image/png, 70 bytes]\n',
    stderr: 'The result holds 2 media; --output writes one.\n',
  });
  const args = ['tool', 'remove', '-p', 'id=7', '--answer', 'sure={"confirm": true}'];
  expect((await run(...args, '--output', 'row.txt', '--json')).stdout).toBe(
    json({
      status: 'error',
      error: 'The result holds no text, picture, sound or file to write.',
      code: 'no-medium',
      result: { id: 7, confirm: true, reason: 'old', days: null },
    }),
  );
});

test.each([
  ['.', 'The output . is a folder.'],
  ['nowhere/a.png', 'The folder of the output nowhere/a.png does not exist.'],
])('the output %s is refused before the call', async (output, error) => {
  const { exitCode, stdout } = await run('tool', 'two', '--output', output, '--json');
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { error, code: 'usage' }]);
});
