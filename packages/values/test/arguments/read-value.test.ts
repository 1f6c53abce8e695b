import { type ArgumentReader, compileArguments } from '@mxcp-ts/values';
import { describe, expect, test } from 'vitest';

type Type = Parameters<typeof compileArguments>[0][number];

/** Reads one argument: the value, or its problems as one text. */
function readOne(type: Omit<Type, 'name'>, raw: unknown): unknown {
  const read: ArgumentReader = compileArguments([{ ...type, name: 'x' }]);
  const result = read({ x: raw });
  if (result.ok) return { value: result.value.x };
  return result.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}

const tooLarge = '/x is an integer too large to arrive exactly; send it as text';
const notString = '/x must be a string';
const notInteger = '/x must be an integer';
const notNumber = '/x must be a number';
const notBoolean = '/x must be true or false';
const notArray = '/x must be an array';
const notObject = '/x must be an object';

describe('the coercion table', () => {
  const table: readonly (readonly [Omit<Type, 'name'>, unknown, unknown])[] = [
    [{ type: 'string' }, 5, { value: '5' }],
    [{ type: 'string' }, 5.0, { value: '5' }],
    [{ type: 'string' }, 1.5, { value: '1.5' }],
    [{ type: 'string' }, true, { value: 'true' }],
    [{ type: 'string' }, [1], notString],
    [{ type: 'string' }, { a: 1 }, notString],
    [{ type: 'string', minLength: 2 }, 5, '/x must have at least 2 characters'],
    [{ type: 'string', minLength: 2 }, '💡', '/x must have at least 2 characters'],
    [{ type: 'string' }, '{"a":1}', { value: '{"a":1}' }],
    [{ type: 'string' }, '[1,2]', { value: '[1,2]' }],
    [{ type: 'string' }, 'null', { value: 'null' }],
    [{ type: 'string' }, ' x ', { value: ' x ' }],
    [{ type: 'string' }, Number.NaN, notString],
    [
      { type: 'string' },
      JSON.parse('12345678901234567890'),
      '/x must be a string; a number this large has lost digits, so put it in quotes',
    ],
    [{ type: 'string', pattern: '^a' }, 'ba', '/x must match the pattern ^a'],

    [{ type: 'integer' }, 5, { value: 5 }],
    [{ type: 'integer' }, JSON.parse('5.0'), { value: 5 }],
    [{ type: 'integer' }, JSON.parse('-0'), { value: 0 }],
    [{ type: 'integer' }, '5', { value: 5 }],
    [{ type: 'integer' }, ' 5 ', { value: 5 }],
    [{ type: 'integer' }, '-3', { value: -3 }],
    [{ type: 'integer' }, '007', { value: 7 }],
    [{ type: 'integer' }, 5.9, notInteger],
    [{ type: 'integer' }, '5.0', notInteger],
    [{ type: 'integer' }, '1_000', notInteger],
    [{ type: 'integer' }, '1e3', notInteger],
    [{ type: 'integer' }, '0x10', notInteger],
    [{ type: 'integer' }, '', notInteger],
    [{ type: 'integer' }, ' ', notInteger],
    [{ type: 'integer' }, 'abc', notInteger],
    [{ type: 'integer' }, true, notInteger],
    [{ type: 'integer' }, [1], notInteger],
    [{ type: 'integer' }, 1e30, tooLarge],
    [{ type: 'integer' }, 2 ** 53, tooLarge],
    [{ type: 'integer' }, 2 ** 53 - 1, { value: 9007199254740991 }],
    [{ type: 'integer' }, '9007199254740992', { value: 9007199254740992 }],
    [{ type: 'integer' }, '9007199254740993', '/x is an integer too large to be held exactly'],
    [{ type: 'integer' }, '9'.repeat(100_000), '/x is an integer too large to be held exactly'],

    [{ type: 'number' }, 5.5, { value: 5.5 }],
    [{ type: 'number' }, '5.5', { value: 5.5 }],
    [{ type: 'number' }, '1e3', { value: 1000 }],
    [{ type: 'number' }, ' .5 ', { value: 0.5 }],
    [{ type: 'number' }, 'nan', notNumber],
    [{ type: 'number' }, 'NaN', notNumber],
    [{ type: 'number' }, 'inf', notNumber],
    [{ type: 'number' }, '-Infinity', notNumber],
    [{ type: 'number' }, '1e999', notNumber],
    [{ type: 'number' }, Number.NaN, notNumber],
    [{ type: 'number' }, Number.POSITIVE_INFINITY, notNumber],
    [{ type: 'number' }, true, notNumber],
    [{ type: 'number' }, '', notNumber],
    [{ type: 'number' }, '0x10', notNumber],
    [{ type: 'number', minimum: 0, maximum: 1 }, 'nan', notNumber],
    [{ type: 'number', multipleOf: 0.1 }, 0.3, { value: 0.3 }],
    [{ type: 'number', multipleOf: 0.1 }, 1, { value: 1 }],
    [{ type: 'number', multipleOf: 0.1 }, 0.35, '/x must be a multiple of 0.1'],
    [{ type: 'number', multipleOf: 0.1 }, 0.30000000001, '/x must be a multiple of 0.1'],

    [{ type: 'boolean' }, true, { value: true }],
    [{ type: 'boolean' }, 'true', { value: true }],
    [{ type: 'boolean' }, 'TRUE', { value: true }],
    [{ type: 'boolean' }, 'False', { value: false }],
    [{ type: 'boolean' }, 'yes', notBoolean],
    [{ type: 'boolean' }, '1', notBoolean],
    [{ type: 'boolean' }, 'banana', notBoolean],
    [{ type: 'boolean' }, '', notBoolean],
    [{ type: 'boolean' }, 2, notBoolean],
    [{ type: 'boolean' }, 1, notBoolean],
    [{ type: 'boolean' }, [0], notBoolean],
    [{ type: 'boolean' }, [], notBoolean],

    [{ type: 'array' }, '[1,2]', { value: [1, 2] }],
    [{ type: 'array' }, ' [1] ', { value: [1] }],
    [{ type: 'array' }, '{"a":1}', notArray],
    [{ type: 'array' }, '5', notArray],
    [{ type: 'array' }, 'null', notArray],
    [{ type: 'array' }, '[1', notArray],
    [{ type: 'array' }, 5, notArray],
    [{ type: 'array' }, { a: 1 }, notArray],
    [{ type: 'array', items: { type: 'integer' } }, [2, '3'], { value: [2, 3] }],
    [{ type: 'array', items: { type: 'integer' } }, '[2, "3"]', { value: [2, 3] }],
    [{ type: 'array', items: { type: 'integer' } }, [2, null], '/x/1 must be an integer, not null'],
    [{ type: 'array', uniqueItems: true }, [1, '1'], { value: [1, '1'] }],
    [{ type: 'array', uniqueItems: true }, [1, true], { value: [1, true] }],
    [{ type: 'array', uniqueItems: true }, JSON.parse('[1,1.0]'), '/x must not hold the same item twice'],
    [
      { type: 'array', uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      '/x must not hold the same item twice',
    ],

    [{ type: 'object' }, '{"a":1}', { value: { a: 1 } }],
    [{ type: 'object' }, '[1]', notObject],
    [{ type: 'object' }, [1], notObject],
    [{ type: 'object' }, 'x', notObject],
    [
      { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } }, required: ['a'] },
      { a: '1', c: 'kept' },
      { value: { a: 1, c: 'kept' } },
    ],
    [
      { type: 'object', properties: { limit: { type: 'integer' } }, additionalProperties: false },
      { limt: 1 },
      '/x/limt is not a declared property; did you mean "limit"?',
    ],

    [{ enum: [1, 2] }, '2', { value: 2 }],
    [{ enum: ['a', 'b'] }, 'c', '/x must be one of "a", "b"'],
    [{ type: 'integer', enum: [1, 2] }, '2', { value: 2 }],
    [{ const: 'a' }, 'b', '/x must be "a"'],
    [{ oneOf: [{ type: 'integer' }, { type: 'boolean' }] }, 'true', '/x must be an integer or true or false'],
    [{ oneOf: [{ type: 'integer' }, { type: 'boolean' }] }, true, { value: true }],
  ];
  test.each(table)('%j reads %j as %j', (type, raw, expected) => {
    expect(readOne(type, raw)).toEqual(expected);
  });
});

describe('null', () => {
  const table: readonly (readonly [Omit<Type, 'name'>, unknown])[] = [
    [{ type: 'string' }, '/x is required, and must be a string, not null'],
    [{ type: 'array' }, '/x is required, and must be an array, not null'],
    [{ type: 'string', default: 'a' }, '/x must not be null; leave it out to get its default'],
    [{ type: 'string', default: null }, { value: null }],
    [{ type: 'integer', nullable: true, minimum: 3 }, { value: null }],
    [{ type: 'string', nullable: true, enum: ['a'] }, { value: null }],
    [{ type: 'string', default: null, enum: ['a'] }, { value: null }],
    [{ const: 1, nullable: true }, { value: null }],
    [{ anyOf: [{ type: 'string' }, { type: 'integer' }], nullable: true }, { value: null }],
    [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }, '/x must be a string or an integer'],
  ];
  test.each(table)('given to %j gives %j', (type, expected) => {
    expect(readOne(type, null)).toEqual(expected);
  });
});
