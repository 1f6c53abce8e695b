import { expect, test } from 'vitest';
import { columnsReader } from '../../src/guest/read-sql-values.ts';
import { parseSqlType } from '../../src/guest/sql-type.ts';
import { valueWriter } from '../../src/guest/write-sql-value.ts';

test.each<[string, string, unknown]>([
  ['VARCHAR', '"é"', 'é'],
  ['integer', '5', 5],
  ['UUID', '"a-b"', 'a-b'],
  ["ENUM('a,b', 'c')", '"c"', 'c'],
  ['BIGINT', '5', 5n],
  ['BIGINT', '-9223372036854775808', -(2n ** 63n)],
  ['UBIGINT', '18446744073709551615', 2n ** 64n - 1n],
  ['HUGEINT', '"170141183460469231731687303715884105727"', 2n ** 127n - 1n],
  ['DECIMAL(18, 3)', '"1.500"', '1.500'],
  ['DOUBLE', '1.5', 1.5],
  ['BOOLEAN', 'true', true],
  ['BLOB', '"AQI="', new Uint8Array([1, 2])],
  ['TIMESTAMP WITH TIME ZONE', '"2024-01-02T03:04:05Z"', '2024-01-02T03:04:05Z'],
  ['INTEGER[]', '[1,null]', [1, null]],
  ['BIGINT[3][]', '[[9007199254740993,1,null]]', [[2n ** 53n + 1n, 1n, null]]],
  [
    'STRUCT(n BIGINT, "odd, name" VARCHAR)',
    '{"n":9007199254740993,"odd, name":"x"}',
    { n: 2n ** 53n + 1n, 'odd, name': 'x' },
  ],
  [
    'MAP(VARCHAR, STRUCT(b BLOB))',
    '[["k",{"b":"AQ=="}],["n",null]]',
    new Map([
      ['k', { b: new Uint8Array([1]) }],
      ['n', null],
    ] as [string, unknown][]),
  ],
  ['JSON', '{"a":[1]}', { a: [1] }],
  ['ANIMAL', '"cat"', 'cat'],
])('reads a value of %s from %s', (type, json, value) => {
  expect(columnsReader([parseSqlType(type)], 'skip')(`[[${json}]]`)).toEqual([[value]]);
});

test('long integers become bigints in their own columns only, and text stays text', () => {
  const read = columnsReader(['VARCHAR', 'BIGINT', 'DOUBLE', 'JSON'].map(parseSqlType), 'skip');
  const columns =
    '[["9007199254740993","[\\"\\\\"],[9007199254740993,1],[9007199254740993,1.2345678901234567],[{"n":1234567890123456},null]]';
  expect(read(columns)).toEqual([
    ['9007199254740993', '["\\'],
    [9007199254740993n, 1n],
    [9007199254740992, 1.2345678901234567],
    [{ n: 1234567890123456 }, null],
  ]);
});

test('a number that JSON cannot hold is NaN where NULLs are skipped, null where they are passed', () => {
  expect(columnsReader([parseSqlType('DOUBLE')], 'skip')('[[1,null]]')).toEqual([[1, Number.NaN]]);
  expect(columnsReader([parseSqlType('DOUBLE')], 'pass')('[[1,null]]')).toEqual([[1, null]]);
});

const date = new Date('2024-01-02T03:04:05.678Z');

test.each<[string, unknown, string | undefined]>([
  ['VARCHAR', 'é"', '"é\\""'],
  ['VARCHAR', null, 'null'],
  ['VARCHAR', undefined, 'null'],
  ['VARCHAR', 5, undefined],
  ['INTEGER', 5, '5'],
  ['INTEGER', 1.5, undefined],
  ['INTEGER', '5', undefined],
  ['BIGINT', 2n ** 62n, '4611686018427387904'],
  ['BIGINT', 1e21, '1000000000000000000000'],
  ['HUGEINT', 2n ** 100n, '"1267650600228229401496703205376"'],
  ['HUGEINT', 5, '"5"'],
  ['DOUBLE', 1.5, '1.5'],
  ['DOUBLE', 2n, '2'],
  ['DOUBLE', Number.NaN, 'null'],
  ['DOUBLE', Number.POSITIVE_INFINITY, 'null'],
  ['DECIMAL(18,3)', '1.5', '"1.5"'],
  ['DECIMAL(18,3)', 1.5, '"1.5"'],
  ['DECIMAL(18,3)', Number.NaN, undefined],
  ['BOOLEAN', false, 'false'],
  ['BOOLEAN', 0, undefined],
  ['BLOB', new Uint8Array([1, 2, 3]).subarray(1), '"AgM="'],
  ['BLOB', 'text', undefined],
  ['DATE', date, '"2024-01-02"'],
  ['TIME', date, '"03:04:05.678"'],
  ['TIMESTAMP', date, '"2024-01-02T03:04:05.678"'],
  ['TIMESTAMPTZ', date, '"2024-01-02T03:04:05.678Z"'],
  ['TIMESTAMP', 'infinity', '"infinity"'],
  ['INTERVAL', date, undefined],
  ['INTERVAL', 'P1D', '"P1D"'],
  ['DATE', new Date(Number.NaN), undefined],
  ['INTEGER[]', [1, null, 2], '[1,null,2]'],
  ['INTEGER[]', new Set([1]), '[1]'],
  ['INTEGER[]', 'text', undefined],
  ['INTEGER[]', ['1'], undefined],
  ['STRUCT(a INTEGER, b VARCHAR)', { b: 'x', c: 1 }, '{"a":null,"b":"x"}'],
  ['STRUCT(a INTEGER)', [1], undefined],
  ['MAP(VARCHAR, INTEGER)', { a: 1 }, '[["a",1]]'],
  ['MAP(INTEGER, VARCHAR)', new Map([[1, 'a']]), '[[1,"a"]]'],
  ['JSON', { a: [new Date(0)] }, '{"a":["1970-01-01T00:00:00.000Z"]}'],
])('writes a value of %s', (type, value, json) => {
  expect(valueWriter(parseSqlType(type))(value)).toBe(json);
});
