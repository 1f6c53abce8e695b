import { expect, test } from 'vitest';
import { createGlobals } from '../src/render/globals.ts';
import { render } from '../src/render/render.ts';
import { compile } from '../src/template/compile.ts';
import { parseTemplate } from '../src/template/parse-template.ts';

const globals = createGlobals();

function renderText(template: string, args: Parameters<typeof render>[1] = {}): string {
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return render(compile(parsed.tree), args, globals);
}

const args = {
  name: 'lax',
  count: 3,
  half: 0.5,
  yes: true,
  nothing: null,
  list: [1, 'a', null, [true]],
  row: { code: 'LAX', details: { rows: [{ delay: 7 }] } },
  flights: [
    { to: 'SFO', delay: 90 },
    { to: 'JFK', delay: 5 },
    { to: 'SFO', delay: 12 },
  ],
};

test.each([
  ['{{ name }}', 'lax'],
  ['{{ none }} {{ nothing }} {{ yes }} {{ False }}', 'null null true false'],
  ['{{ list }}', '[1, "a", null, [true]]'],
  ['{{ row }}', '{"code": "LAX", "details": {"rows": [{"delay": 7}]}}'],
  ['{{ count + 1 }} {{ count / 2 }} {{ 4 / 2 }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 2 ** 3 }}', '4 1.5 2 3 2 8'],
  ['{{ name ~ count }}', 'lax3'],
  ['[{{ row.missing }}]', '[]'],
  ['{{ row.details.rows[0].delay }} {{ row["code"] }} {{ list.1 }}', '7 LAX a'],
  ['{{ name[1:] }} {{ name[-1] }} {{ list[:2] }}', 'ax x [1, "a"]'],
  ['one\ntwo\n', 'one\ntwo'],
  ['one\n\n', 'one\n'],
  ['<b>{{ "<i>" }}</b>', '<b><i></b>'],
  ['a {#- gone -#} b', 'ab'],
  ['a {{- " b " -}} c', 'a b c'],
  ['{% if count > 2 %}many{% elif count %}few{% else %}none{% endif %}', 'many'],
  ['{% if "2001-03-01" < "2001-03-02" %}earlier{% endif %}', 'earlier'],
  ['{% for x in list %}{{ loop.index }}{{ "," if not loop.last }}{% else %}empty{% endfor %}', '1,2,3,4'],
  ['{% for x in row.missing %}x{% else %}empty{% endfor %}', 'empty'],
  ['{% for k, v in row.items() %}{{ k }} {% endfor %}', 'code details '],
  ['{% for f in flights if f.delay > 10 %}{{ f.to }} {% endfor %}', 'SFO SFO '],
  ['{% for x in range(5) %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}', '012'],
  ['{% set total = count * 2 %}{{ total }}', '6'],
  ['{% set a, b = [1, 2] %}{{ b }}{{ a }}', '21'],
  ['{% set text %}hi {{ name }}{% endset %}{{ text | upper }}', 'HI LAX'],
  ['{% set ns = namespace(n=0) %}{% for f in flights %}{% set ns.n = ns.n + f.delay %}{% endfor %}{{ ns.n }}', '107'],
  [
    '{% macro tag(x, n="b") %}<{{ n }}>{{ x }}</{{ n }}>{% endmacro %}{{ tag(1) }}{{ tag(2, n="i") }}',
    '<b>1</b><i>2</i>',
  ],
  ['{% macro box() %}[{{ caller() }}]{% endmacro %}{% call box() %}{{ name }}{% endcall %}', '[lax]'],
  ['{% raw %}{{ not.run }}{% endraw %}', '{{ not.run }}'],
  ['{{ {"a": {"b": 1}}.a.b }}', '1'],
  ['{{ "LAX" in name | upper }} {{ 1 in list }} {{ "code" in row }} {{ 9 not in list }}', 'true true true true'],
  ['{{ [1, [2]] == [1, [2]] }} {{ 1 == "1" }}', 'true false'],
  [
    '{{ count is odd }} {{ count is not none }} {{ count is divisibleby(3) }} {{ row.x is defined }}',
    'true true true false',
  ],
  ['{{ count is gt(2) and name is string }}', 'true'],
  ['{{ "a,b".split(",") }} {{ name.upper() }} {{ " x ".strip() }} {{ row.get("nope", "-") }}', '["a", "b"] LAX x -'],
  ['{{ "it\\\'s" }} {{ \'say "x"\' }} {{ "a" "b" }}', 'it\'s say "x" ab'],
])('%s prints %s', (template, expected) => {
  expect(renderText(template, args)).toBe(expected);
});

test.each([
  ['{{ missing.a }}', { missing: {} }, undefined],
  ['{{ m.a.b }}', { m: {} }, '"m.a" is not defined, so it has no attributes.'],
  ['{{ "a" + 1 }}', {}, '"+" does not work between a text and a number. Join texts with ~.'],
  ['{{ 1 / 0 }}', {}, 'A division by zero has no result.'],
  ['{{ 1 < "2" }}', {}, 'An order needs a number, not a text.'],
  ['{% for x in 5 %}{% endfor %}', {}, 'A list is needed, not a number.'],
  ['{% for x in range(n) %}{% endfor %}', { n: 1e9 }, '"range" gives 10000 numbers at most.'],
  ['{{ "%99999999d" | format(1) }}', {}, 'A width is a whole number up to 1000.'],
  ['{{ "x" | truncate(1, 2, 3, 4, 5) }}', {}, '"truncate" takes 4 arguments at most.'],
  ['{{ "x" | truncate(size=1) }}', {}, '"truncate" has no argument "size".'],
  ['{{ range }}', {}, 'A function or macro is not a value; call it.'],
])('%s given %j fails with: %s', (template, given, message) => {
  if (message === undefined) expect(renderText(template, given)).toBe('');
  else expect(() => renderText(template, given)).toThrow(message);
});

test('a template cannot reach what JavaScript keeps on its objects', () => {
  const reach =
    '[{{ x.constructor }}{{ x.__proto__ }}{{ x["prototype"] }}{{ n.constructor }}{{ s.__proto__ }}{{ s.at }}]';
  expect(renderText(reach, { x: { a: 1 }, n: 5, s: 'text' })).toBe('[]');
  expect(renderText('{{ x.__proto__ }}', { x: JSON.parse('{"__proto__": "own"}') })).toBe('own');
  expect(() => renderText('{{ x.constructor("return 1")() }}', { x: {} })).toThrow('not a function');
  expect(Object.hasOwn(Object.prototype, 'own')).toBe(false);
});

test('one call does not see what another one set', () => {
  expect(renderText('{% set leak = 1 %}{{ leak }}')).toBe('1');
  expect(renderText('[{{ leak }}]')).toBe('[]');
});
