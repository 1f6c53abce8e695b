import fc from 'fast-check';
import { type Json, RawJson } from './json-text.ts';

/** Names that mean something to JavaScript, to the protocol or to the server, and stand where they should not. */
export const hostileNames: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '',
  ' ',
  'id',
  'method',
  'params',
  '_meta',
  'arguments',
  'name',
  'uri',
  'result',
  'error',
  'jsonrpc',
  'io.modelcontextprotocol/protocolVersion',
  '$ref',
  'tool:ts_echo',
  '../../etc/passwd',
  'naïve \u2028 name',
];

const plain: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  '',
  [[]],
  [{}],
];

const texts: readonly string[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '1e999',
  '0x10',
  '2026-13-45',
  '2026-02-30T25:61:61Z',
  '\u0000',
  '\uFEFF',
  '\u202E reversed',
  '𝕌𝕟𝕚𝕔𝕠𝕕𝕖',
  "'; DROP TABLE items; --",
  '$limit ?',
  '{{ 7 * 7 }}{% for x in range(9) %}{{ x }}{% endfor %}',
  '%00%ff%2e%2e',
  '../../../etc/passwd',
  'fuzz://items/%E0%A4%A',
  'fuzz://files/../../x',
  'fuzz://search?text=%FF&limit=-1&limit=2',
  'a\r\nset-cookie: b=c',
  '@@cursor@@',
  '@@state@@',
  '@@task@@',
  '@@session@@',
];

const raws: readonly string[] = [
  '1e999',
  '-1e999',
  '123456789012345678901234567890',
  '0.1234567890123456789012345678901234567890',
  '-0',
  '1E400',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '{"\\ud83d":"\\ude00"}',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"__proto__":null,"constructor":{"prototype":{"polluted":1}}}',
  '"\\u0000\\u0001"',
  'NaN',
  'undefined',
  "'single'",
  '01',
  '+1',
  '.5',
  '[1,]',
  '"unclosed',
];

const depth = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 2, max: 100 }) },
  { weight: 3, arbitrary: fc.integer({ min: 100, max: 3_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3_000, max: 60_000 }) },
);

const nested = fc
  .tuple(
    depth,
    fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"arguments":', '}]']),
    fc.constantFrom('1', '"x"', '{}'),
  )
  .map(([times, [open = '', close = ''], core]) => new RawJson(open.repeat(times) + core + close.repeat(times)));

const long = fc
  .tuple(fc.constantFrom('x', 'é', '𝕌', '\\', '"', '\u0000', '{{', '%'), fc.integer({ min: 100, max: 20_000 }))
  .map(([part, times]) => part.repeat(times));

const wide = fc
  .tuple(fc.boolean(), fc.integer({ min: 100, max: 2_000 }))
  .map(([isList, size]) =>
    isList
      ? Array.from({ length: size }, () => 0)
      : Object.fromEntries(Array.from({ length: size }, (_, at) => [`k${at}`, at])),
  );

/** A value that does not belong where it is put: of another type, extreme, or no JSON at all. */
export const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...plain) },
  { weight: 30, arbitrary: fc.constantFrom(...texts) },
  { weight: 12, arbitrary: fc.constantFrom(...raws).map(text => new RawJson(text)) },
  { weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 8, arbitrary: fc.constantFrom(...hostileNames).map(name => ({ [name]: name })) },
  { weight: 4, arbitrary: nested },
  { weight: 3, arbitrary: long },
  { weight: 1, arbitrary: wide },
);
