import { expect, test } from 'vitest';
import { renderValue } from '../../src/output/render-value.ts';

test.each([
  ['text', 'text'],
  [12, '12'],
  [null, 'null'],
  [{ a: [1] }, '{\n  "a": [\n    1\n  ]\n}'],
  [[], 'No rows.'],
  [['a', 2], '"a"\n2\n2 rows'],
  [[{ a: 1 }, { b: 1 }], '{"a":1}\n{"b":1}\n2 rows'],
])('%j for a person', (value, text) => {
  expect(renderValue(value)).toBe(text);
});

test('rows of one shape are a table; wide characters count twice', () => {
  const rows = [
    { id: 1, name: 'Zürich\n(ZRH)', tags: ['a'] },
    { id: 20, name: '東京', tags: null },
  ];
  expect(renderValue(rows)).toBe(
    [
      'id │ name         │ tags',
      '───┼──────────────┼──────',
      '1  │ Zürich (ZRH) │ ["a"]',
      '20 │ 東京         │ null',
      '2 rows',
    ].join('\n'),
  );
});

test('long cells are cut, and control characters do not reach the terminal', () => {
  const [, , row] = renderValue([{ a: '日'.repeat(40), b: '\u001b[2Jx' }]).split('\n');
  expect(row).toBe(`${'日'.repeat(23)}...  │ �[2Jx`);
});

test('the first hundred rows are shown, with how many there are', () => {
  const lines = renderValue(Array.from({ length: 250 }, (_, n) => ({ n }))).split('\n');
  expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([103, '99', '250 rows, 150 not shown; --json prints all']);
});
