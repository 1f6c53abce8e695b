import { expect, test } from 'vitest';
import { filters } from '../src/language/filters.ts';
import { createGlobals } from '../src/render/globals.ts';
import { render } from '../src/render/render.ts';
import { compile } from '../src/template/compile.ts';
import { parseTemplate } from '../src/template/parse-template.ts';

const globals = createGlobals();
const args = {
  xs: [3, 1, 2, 3],
  words: ['Pear', 'apple', 'pear'],
  rows: [
    { state: 'CA', city: 'Fresno', delay: 10 },
    { state: 'AK', city: 'Nome', delay: 70 },
    { state: 'CA', city: 'Davis' },
  ],
  map: { b: 1, A: 2 },
  text: 'the quick-brown fox',
};

// The name of the filter, an expression with it, what it prints.
const cases: readonly (readonly [string, string, string])[] = [
  ['abs', '-3 | abs', '3'],
  ['batch', 'xs | batch(3, 0)', '[[3, 1, 2], [3, 0, 0]]'],
  ['capitalize', '"heLLO you" | capitalize', 'Hello you'],
  ['center', '"[" ~ ("ab" | center(5)) ~ "]"', '[ ab  ]'],
  ['count', 'xs | count', '4'],
  ['d', 'rows[2].delay | d(0)', '0'],
  ['default', '"" | default("x", true)', 'x'],
  ['dictsort', 'map | dictsort', '[["A", 2], ["b", 1]]'],
  ['e', '"<a>" | e', '&lt;a&gt;'],
  ['escape', '"\'&\\"" | escape', '&#39;&amp;&#34;'],
  ['filesizeformat', '1234567 | filesizeformat ~ " " ~ (2048 | filesizeformat(true))', '1.2 MB 2.0 KiB'],
  ['first', 'xs | first', '3'],
  ['float', '"1.50" | float', '1.5'],
  ['format', '"%s: %05.1f km, %+d%%, %-3s|%x" | format("LAX", 3.14159, 5, "a", 255)', 'LAX: 003.1 km, +5%, a  |ff'],
  ['groupby', 'rows | groupby("state") | map("first")', '["AK", "CA"]'],
  ['indent', '"a\nb\n\nc" | indent(2)', 'a\n  b\n\n  c'],
  ['int', '"42.9" | int ~ ("x" | int(7))', '427'],
  ['items', 'map | items', '[["b", 1], ["A", 2]]'],
  ['join', 'rows | join(", ", attribute="city")', 'Fresno, Nome, Davis'],
  ['last', 'xs | last', '3'],
  ['length', 'map | length', '2'],
  ['list', '"abc" | list', '["a", "b", "c"]'],
  ['lower', '"ABC" | lower', 'abc'],
  ['map', 'words | map("upper") | list', '["PEAR", "APPLE", "PEAR"]'],
  ['max', 'xs | max', '3'],
  ['min', 'rows[:2] | min(attribute="delay")', '{"state": "CA", "city": "Fresno", "delay": 10}'],
  ['reject', 'xs | reject("odd") | list', '[2]'],
  ['rejectattr', 'rows | rejectattr("delay") | map(attribute="city")', '["Davis"]'],
  ['replace', '"aaa" | replace("a", "b", 2)', 'bba'],
  ['reverse', '"abc" | reverse', 'cba'],
  ['round', '42.55 | round(1) ~ " " ~ (1.005 | round(2)) ~ " " ~ (2.1 | round(method="ceil"))', '42.6 1.01 3'],
  ['safe', '"<a>" | safe', '<a>'],
  ['select', 'xs | select("gt", 1) | list', '[3, 2, 3]'],
  ['selectattr', 'rows | selectattr("state", "eq", "CA") | map(attribute="delay", default=0)', '[10, 0]'],
  ['sort', 'words | sort(reverse=true)', '["Pear", "pear", "apple"]'],
  ['string', '[1, 2] | string | length', '6'],
  ['striptags', '"<p>a\n <b>b</b></p>" | striptags', 'a b'],
  ['sum', 'xs | sum(start=1)', '10'],
  ['title', 'text | title', 'The Quick-Brown Fox'],
  ['tojson', '"a" | tojson', '"a"'],
  ['trim', '"  a " | trim', 'a'],
  ['truncate', 'text | truncate(12, leeway=0)', 'the...'],
  ['unique', 'words | unique', '["Pear", "apple"]'],
  ['upper', '"a" | upper', 'A'],
  ['urlencode', '"a b/ü" | urlencode', 'a%20b/%C3%BC'],
  ['wordcount', 'text | wordcount', '4'],
];

test.each(cases)('%s: {{ %s }} prints %s', (_name, expression, expected) => {
  const parsed = parseTemplate(`{{ ${expression} }}`);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  expect(render(compile(parsed.tree), args, globals)).toBe(expected);
});

test('every filter of the table has a case above', () => {
  expect(cases.map(([name]) => name)).toEqual(Object.keys(filters).sort());
});
