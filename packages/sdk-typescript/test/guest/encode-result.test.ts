import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeParameters, encodeResult, encodeRows } from '../../src/guest/encode-result.ts';

class Point {
  readonly x = 1;
  #hidden = 2;
  get sum(): number {
    return this.x + this.#hidden;
  }
}

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'null'],
  ['text', 'é"', '"é\\""'],
  ['NaN and infinities', [Number.NaN, -Infinity, -0], '[null,null,0]'],
  ['undefined properties', { a: undefined, b: [undefined] }, '{"b":[null]}'],
  ['a date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ['an invalid date', new Date('x'), 'null'],
  [
    'a map',
    new Map<unknown, unknown>([
      [1, 'a'],
      ['b', new Map([[true, 2]])],
      [new Date(0), 3],
    ]),
    '{"1":"a","b":{"true":2},"1970-01-01T00:00:00.000Z":3}',
  ],
  ['a set', { s: new Set([1, 'b']) }, '{"s":[1,"b"]}'],
  ['bytes', [Buffer.from('hi'), new Uint8Array([1, 2]), new Uint8Array([9]).buffer], '["aGk=","AQI=","CQ=="]'],
  ['a view of part of a buffer', new Uint8Array([1, 2, 3]).subarray(1, 2), '"Ag==","isBytes":true'],
  ['a buffer', new Uint8Array([9]).buffer, '"CQ==","isBytes":true'],
  ['numbers in typed arrays', [new Float64Array([1.5]), new Int16Array([-1])], '[[1.5],[-1]]'],
  ['what iterates', { g: [1, 2].values() }, '{"g":[1,2]}'],
  [
    'toJSON, also of arrays',
    { u: new URL('http://x.y/'), a: Object.assign([1], { toJSON: () => 'a' }) },
    '{"u":"http://x.y/","a":"a"}',
  ],
  ['an instance', new Point(), '{"x":1}'],
  ['an error', new RangeError('far'), '{"name":"RangeError","message":"far"}'],
  ['boxed values', [Object(1), Object('s'), Object(true)], '[1,"s",true]'],
  ['a pattern', /a+/g, '"/a+/g"'],
  ['a key __proto__', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ['the same object twice', ((o: object) => [o, o, new Set([o])])({ a: 1 }), '[{"a":1},{"a":1},[{"a":1}]]'],
])('encodes %s', (_, value, json) => {
  expect(encodeResult(value)).toBe(`"value":${json}`);
});

test('gives the exact text of integers beyond a double, with their places', () => {
  expect(encodeResult({ 'a/b': [2n ** 53n, 5n], m: new Map([['~', -(2n ** 70n)]]) })).toBe(
    '"value":{"a/b":["9007199254740992",5],"m":{"~":"-1180591620717411303424"}},' +
      '"exact":[{"pointer":"/a~1b/0","text":"9007199254740992"},{"pointer":"/m/~0","text":"-1180591620717411303424"}]',
  );
  expect(encodeResult(new BigInt64Array([2n ** 62n]))).toBe(
    '"value":["4611686018427387904"],"exact":[{"pointer":"/0","text":"4611686018427387904"}]',
  );
});

const cycle: Record<string, unknown> = { list: [] };
cycle['list'] = [{ back: cycle }];

test.each<[unknown, string]>([
  [cycle, 'The result, at /list/0/back, holds a reference back to itself, which JSON cannot express.'],
  [{ a: () => 1 }, 'The result, at /a, holds a function, which JSON cannot express.'],
  [[Symbol('s')], 'The result, at /0, holds a symbol, which JSON cannot express.'],
  [() => 1, 'The result is a function, which JSON cannot express.'],
  [{ p: Promise.resolve(1) }, 'The result, at /p, holds a promise that was not awaited, which JSON cannot express.'],
  [new Map([[{}, 1]]), 'The result is a Map with a key that is not text, which JSON cannot express.'],
  [(async function* () {})(), 'The result is an async iterator, which JSON cannot express.'],
])('refuses what JSON cannot express and says where', (value, message) => {
  expect(() => encodeResult(value)).toThrow(new TypeError(message));
});

test('agrees with JSON.stringify on plain data', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
      expect(encodeResult(value)).toBe(`"value":${JSON.stringify(value)}`);
    }),
  );
});

test('parameters keep names and positions', () => {
  expect(encodeParameters([1, 'a', null], 'db.execute')).toEqual([1, 'a', null]);
  expect({ ...(encodeParameters({ n: 2n ** 64n, d: new Date(0) }, 'db.execute') as object) }).toEqual({
    n: '18446744073709551616',
    d: '1970-01-01T00:00:00.000Z',
  });
  expect(() => encodeParameters('text' as unknown as object, 'tx.execute')).toThrow(
    new TypeError('The parameters of tx.execute must be an object or an array.'),
  );
});

test('rows are objects, from anything that can be iterated', () => {
  expect(encodeRows('db.append', new Set([{ a: 1 }]))).toEqual([{ a: 1 }]);
  expect(JSON.stringify(encodeRows('db.append', [{ big: 2n ** 63n, at: new Date(0) }]))).toBe(
    '[{"big":"9223372036854775808","at":"1970-01-01T00:00:00.000Z"}]',
  );
  expect(() => encodeRows('db.append', [[1, 2]])).toThrow(new TypeError('The rows of db.append must be objects.'));
});
