import { PassThrough } from 'node:stream';
import type { JsonObject } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { askForm } from '../../src/answers/ask-form.ts';
import { openPrompter } from '../../src/answers/prompter.ts';

/** Types the lines, then Ctrl-D. */
async function fill(properties: object, lines: readonly string[], required: readonly string[] = []) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const prompter = openPrompter({ input, output }, new AbortController().signal, () => {});
  input.end(lines.map(line => `${line}\n`).join(''));
  const schema: JsonObject = { type: 'object', properties: { ...properties }, required: [...required] };
  const answer = await askForm(schema, prompter);
  prompter.close();
  return { answer, shown: String(output.read()) };
}

const colors = [
  { const: '#f00', title: 'Red' },
  { const: '#0f0', title: 'Green' },
];

test('choices are shown with their titles, and taken by value or title', async () => {
  const properties = {
    one: { type: 'string', title: 'Color', oneOf: colors },
    some: { type: 'array', items: { anyOf: colors }, default: [] },
  };
  expect(await fill(properties, ['green', '#f00, Green'])).toEqual({
    answer: { action: 'accept', content: { one: '#0f0', some: ['#f00', '#0f0'] } },
    shown: `  Color
    #f00  Red
    #0f0  Green
  one (#f00, #0f0; may be left out):     #f00  Red
    #0f0  Green
  some (some of #f00, #0f0, with commas between; default none): #f00, Green
`,
  });
});

test('numbers, texts with a format, and what is left out', async () => {
  const properties = {
    mail: { type: 'string', format: 'email' },
    share: { type: 'number', minimum: 0.5 },
    note: { type: 'string', description: 'For the record' },
    open: { type: 'boolean', default: false },
  };
  expect(await fill(properties, ['ada', 'ada@example.org', 'half', '0.75', '', ''])).toEqual({
    answer: { action: 'accept', content: { mail: 'ada@example.org', share: 0.75, open: false } },
    shown: `  mail (email; may be left out):   mail must be an email address.
  mail (email; may be left out): ada@example.org
  share (number; may be left out): half
  share must be a number.
  share (number; may be left out): 0.75
  For the record
  note (text; may be left out):${' '}
  open (yes or no; default no):${' '}
`,
  });
});

test('a form without fields asks for agreement', async () => {
  expect((await fill({}, ['y'])).answer).toEqual({ action: 'accept', content: {} });
  expect((await fill({}, ['never'])).answer).toEqual({ action: 'decline' });
  expect((await fill({}, [])).answer).toEqual({ action: 'cancel' });
});

test('control characters of a question do not reach the terminal', async () => {
  expect((await fill({ a: { type: 'string', title: '\x1b[2JA' } }, ['x'])).shown).toBe(
    '  �[2JA\n  a (text; may be left out): ',
  );
});
