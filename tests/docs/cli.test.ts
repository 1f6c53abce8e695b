import { expect, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { readPage, sectionsOf } from './support/read-page.ts';

const sections = sectionsOf(readPage('docs/reference/cli.md').text, 2);

const commands = [...sections.keys()].filter(title => /^`\w+`$/.test(title)).map(title => title.replaceAll('`', ''));

const common = optionsOf([]);

test('the page has a section for every command of the program and for no other', async () => {
  const { stdout } = await runProgram(['--help']);
  const listed = stdout.slice(stdout.indexOf('\nCommands:')).matchAll(/^ {2}(\w+) /gm);
  expect([...commands, 'help']).toEqual([...listed].map(([, name]) => name));
});

test('the common options are those of the program', async () => {
  expect(optionsDescribed(sections.get('Common options') ?? '')).toEqual(await common);
});

test.each(commands)('the options of %s are those of the program', async command => {
  const shared = await common;
  const own = (await optionsOf([command])).filter(option => !shared.includes(option));
  expect(optionsDescribed(sections.get(`\`${command}\``) ?? '')).toEqual(own);
});

/** The long options of a help text, in order of the alphabet. */
async function optionsOf(command: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runProgram([...command, '--help']);
  const lines = stdout.split('\n').filter(line => /^ {2}-/.test(line));
  return lines.flatMap(line => namesIn(line.trim().split(/ {2,}/)[0] ?? '')).sort();
}

/** The long options in the first column of the tables. */
function optionsDescribed(section: string): readonly string[] {
  const cells = section.split('\n').map(line => /^\| (`-[^|]*)\|/.exec(line)?.[1] ?? '');
  return cells.flatMap(namesIn).sort();
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/--[a-z][a-z-]*/g)].map(([name]) => name);
}
