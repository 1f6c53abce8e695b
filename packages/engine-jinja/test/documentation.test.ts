import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jinjaFilters, jinjaMethods, jinjaTests } from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/reference/prompts.md', import.meta.url), 'utf8');

test('the page lists every filter with its arguments, in order', () => {
  const rows = Object.entries(jinjaFilters).map(
    ([name, { parameters, summary }]) => `| \`${name}\` | ${argumentsOf(parameters)} | ${summary} |`,
  );
  expect(tableBelow('Filters')).toEqual(rows.sort());
});

test('the page lists every test', () => {
  const rows = Object.entries(jinjaTests).map(([name, { summary }]) => `| \`${name}\` | ${summary} |`);
  expect(tableBelow('Tests')).toEqual(rows.sort());
});

test('the page names every method', () => {
  expect(page).toContain(`Methods: ${jinjaMethods.map(name => `\`${name}\``).join(', ')}.`);
});

function argumentsOf(parameters: readonly string[]): string {
  return parameters.map(name => (name === '*' ? '…' : `\`${name}\``)).join(', ');
}

/** The rows of the table below a heading, without its head. */
function tableBelow(heading: string): string[] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter(line => line.startsWith('| '))
    .slice(1);
}
