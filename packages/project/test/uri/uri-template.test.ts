import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canOverlap } from '../../src/uri/find-overlap.ts';
import { parseUriTemplate } from '../../src/uri/parse-uri-template.ts';
import { compileUriTemplate } from '../../src/uri/uri-template.ts';

function partsOf(text: string) {
  const parsed = parseUriTemplate(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.parts;
}

const match = (template: string, uri: string) => compileUriTemplate(template, partsOf(template)).match(uri);

// The expansions are those of RFC 6570, section 3.2, with the values of its section 3.2.
const values = { var: 'value', hello: 'Hello World!', path: '/foo/bar', x: '1024', y: '768', who: 'fred', half: '50%' };

describe('a URI expanded by RFC 6570 matches its template and gives the values back', () => {
  test.each([
    ['{var}', 'value', ['var']],
    ['{hello}', 'Hello%20World%21', ['hello']],
    ['{half}', '50%25', ['half']],
    ['O{var}X', 'OvalueX', ['var']],
    ['{x,y}', '1024,768', ['x', 'y']],
    ['{x,hello,y}', '1024,Hello%20World%21,768', ['x', 'hello', 'y']],
    ['?{x}', '?1024', ['x']],
    ['map?{x,y}', 'map?1024,768', ['x', 'y']],
    ['{+var}', 'value', ['var']],
    ['{+hello}', 'Hello%20World!', ['hello']],
    ['{+path}/here', '/foo/bar/here', ['path']],
    ['here?ref={+path}', 'here?ref=/foo/bar', ['path']],
    ['up{+path}{/x}', 'up/foo/bar/1024', undefined],
    ['{#var}', '#value', ['var']],
    ['{#hello}', '#Hello%20World!', ['hello']],
    ['{#path}', '#/foo/bar', ['path']],
    ['X{.var}', 'X.value', ['var']],
    ['{.who}', '.fred', ['who']],
    ['{.x,y}', '.1024.768', ['x', 'y']],
    ['{/who}', '/fred', ['who']],
    ['{/half,who}', '/50%25/fred', ['half', 'who']],
    ['{/var,x}/here', '/value/1024/here', ['var', 'x']],
    ['{;who}', ';who=fred', ['who']],
    ['{;x,y}', ';x=1024;y=768', ['x', 'y']],
    ['{?who}', '?who=fred', ['who']],
    ['{?half}', '?half=50%25', ['half']],
    ['{?x,y}', '?x=1024&y=768', ['x', 'y']],
    ['?fixed=yes{&x}', '?fixed=yes&x=1024', ['x']],
  ] as const)('%s and %s', (template, uri, names) => {
    if (names === undefined) {
      expect(parseUriTemplate(template).ok).toBe(false);
      return;
    }
    expect(match(template, uri)).toEqual(Object.fromEntries(names.map(name => [name, values[name]])));
  });
});

test.each([
  ['a://{x}', 'a://b/c', undefined],
  ['a://{x}', 'a://', undefined],
  ['a://{x}', 'b://c', undefined],
  ['a://{x}', 'a://b%2Fc', { x: 'b/c' }],
  ['a://{x}', 'a://%zz', undefined],
  ['a://{x}', 'a://grüße', { x: 'grüße' }],
  ['a://ü/{x}', 'a://%C3%BC/1', { x: '1' }],
  ['a://x.y/{x}', 'a://xzy/1', undefined],
  ['a://{x}.json', 'a://b.c.json', { x: 'b.c' }],
  ['a://{from}-{to}', 'a://SFO-JFK', { from: 'SFO', to: 'JFK' }],
  ['a://{from}-{to}', 'a://a-b-c', { from: 'a', to: 'b-c' }],
  ['a://{from}_to_{to}', 'a://new_york_to_rome', { from: 'new_york', to: 'rome' }],
  ['a://t/{x}{?limit,page}', 'a://t/1', { x: '1' }],
  ['a://t/{x}{?limit,page}', 'a://t/1?page=2&limit=3', { x: '1', page: '2', limit: '3' }],
  ['a://t/{x}{?limit}', 'a://t/1?other=2', undefined],
  ['a://t/{x}{?limit}', 'a://t/1?limit=2&limit=3', undefined],
  ['a://{+x}/end', 'a://b/c/d/end', { x: 'b/c/d' }],
  ['a://{__proto__}', 'a://b', undefined],
])('matches %s with %s as %j', (template, uri, result) => {
  if (template.includes('__proto__')) {
    const found = match(template, uri) ?? {};
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    return;
  }
  expect(match(template, uri)).toEqual(result);
});

test.each([
  ['a://{x', 'An opening brace has no closing one.', 4, 6],
  ['a://x}', 'A closing brace has no opening one.', 5, 6],
  ['a://{}', 'A variable of the template has no name.', 5, 6],
  ['a://{x,}', 'A variable of the template has no name.', 5, 7],
  ['a://{x*}', 'The modifier in "x*" is not supported.', 5, 7],
  ['a://{x:3}', 'The modifier in "x:3" is not supported.', 5, 8],
  ['a://{=x}', 'The operator "=" is reserved and has no meaning yet.', 5, 7],
  ['a://{x y}', '"x y" is not the name of a variable.', 5, 8],
  ['a://{x}/{x}', 'The variable "x" occurs twice.', 8, 11],
  ['a://{x}{y}', 'Between two variables there must be some text, or it is not clear where one ends.', 7, 10],
  [
    'a://{+x}/{+y}',
    'A variable that may hold slashes must be the only one of its kind, or it is not clear where it ends.',
    9,
    13,
  ],
  ['a://{?x}{&y}', 'A template has one query expression only; list its variables in it.', 8, 12],
  ['a://{?x}/y/{z}', 'Only a fragment may follow the query.', 11, 14],
])('refuses %s', (template, message, start, end) => {
  expect(parseUriTemplate(template)).toEqual({ ok: false, problem: { message, start, end } });
});

test('matches in time that grows with the URI, whatever the URI is', () => {
  const template = 'a://{a}-{b}-{c}-{d}-{e}-{f}/x';
  expect(match(template, `a://${'-'.repeat(20_000)}`)).toBeUndefined();
  expect(match('a://{+p}/{q}.json', `a://${'/'.repeat(20_000)}`)).toBeUndefined();
});

test.each([
  ['a://{x}', 'a://{y}', true],
  ['a://x/{p}', 'a://{q}/y', true],
  ['a://x/{p}', 'a://y/{p}', false],
  ['a://{p}/x', 'a://{p}/y', false],
  ['a://{p}', 'a://{p}/y', false],
  ['a://{+p}', 'a://{p}/y', true],
  ['a://{p}.json', 'a://{p}.csv', false],
  ['a://{p}{?q}', 'a://{p}', true],
  ['a://{p}-{q}', 'a://{p}', true],
  ['a://x{p}', 'a://y{p}', false],
])('says whether a URI can fit %s and %s: %s', (a, b, expected) => {
  expect([canOverlap(partsOf(a), partsOf(b)), canOverlap(partsOf(b), partsOf(a))]).toEqual([expected, expected]);
});

test('gives any value back that was percent-encoded into a template', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      (x, y) => {
        const uri = `a://${encodeURIComponent(x)}/m${encodeURIComponent(y)}?z=${encodeURIComponent(x)}`;
        expect(match('a://{x}/m{y}{?z}', uri)).toEqual({ x, y, z: x });
      },
    ),
  );
});
