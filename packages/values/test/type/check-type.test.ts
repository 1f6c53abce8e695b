import { createTypeCheck, type TypeCheck } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

type Type = Parameters<TypeCheck>[0];

const table: readonly (readonly [Type, readonly string[]])[] = [
  [{ type: 'integer', default: 5, examples: [1, 2], enum: [1, 2, 5], minimum: 1, maximum: 9 }, []],
  [{ type: 'integer', default: '5' }, ['type/bad-default default: The default must be an integer.']],
  [{ type: 'integer', default: null }, []],
  [{ type: 'string', enum: ['a', 'b'], default: null }, []],
  [
    { type: 'string', enum: ['a', 'b'], default: 'c' },
    ['type/bad-default default: The default must be one of "a", "b".'],
  ],
  [
    { type: 'string', format: 'date', default: '2025-02-30' },
    ['type/bad-default default: The default must be a date like 2025-01-31.'],
  ],
  [{ type: 'string', examples: ['a', 5] }, ['type/bad-example examples/1: The example must be a string.']],
  [{ type: 'string', enum: ['a', 5] }, ['type/bad-enum enum/1: The enum value must be a string.']],
  [{ type: 'integer', enum: [1, 20], maximum: 10 }, ['type/bad-enum enum/1: The enum value must be at most 10.']],
  [{ type: 'string', enum: ['a', null] }, ['type/bad-enum enum/1: The enum value must be a string.']],
  [{ type: 'string', enum: ['a', null], nullable: true }, []],
  [{ enum: ['a', 5] }, []],
  [{ type: 'string', const: 5 }, ['type/contradiction const: The constant must be a string.']],
  [{ const: 'a', enum: ['b', 'c'] }, ['type/contradiction const: The constant must be one of "b", "c".']],
  [
    { type: 'integer', minimum: 5, maximum: 3 },
    ['type/contradiction minimum: No value fits: minimum is 5 and maximum is 3.'],
  ],
  [{ type: 'integer', minimum: 3, maximum: 3 }, []],
  [
    { type: 'number', exclusiveMinimum: 3, maximum: 3 },
    ['type/contradiction exclusiveMinimum: No value fits: exclusiveMinimum is 3 and maximum is 3.'],
  ],
  [
    { type: 'number', minimum: 3, exclusiveMaximum: 3 },
    ['type/contradiction minimum: No value fits: minimum is 3 and exclusiveMaximum is 3.'],
  ],
  [
    { type: 'string', minLength: 4, maxLength: 2 },
    ['type/contradiction minLength: No value fits: minLength is 4 and maxLength is 2.'],
  ],
  [
    { type: 'array', minItems: 4, maxItems: 2 },
    ['type/contradiction minItems: No value fits: minItems is 4 and maxItems is 2.'],
  ],
  [
    { type: 'object', properties: { from: { type: 'integer' } }, required: ['fromm'], additionalProperties: false },
    [
      'type/contradiction required/0: The property "fromm" is required, but not declared, and others are not allowed. Did you mean "from"?',
    ],
  ],
  [{ type: 'object', properties: { from: { type: 'integer' } }, required: ['form'] }, []],
  [{ type: 'string', pattern: '^[a-z]+$' }, []],
  [
    { type: 'string', pattern: '(', default: 'a' },
    ['type/bad-pattern pattern: The pattern is not a valid regular expression: Unterminated group.'],
  ],
  [
    { type: 'integer', minLength: 2 },
    ['type/misplaced-keyword minLength: "minLength" has no effect on the type integer; it belongs to string.'],
  ],
  [
    { type: 'string', minimum: 2 },
    ['type/misplaced-keyword minimum: "minimum" has no effect on the type string; it belongs to number and integer.'],
  ],
  [{ type: 'number', format: 'timestamp' }, []],
  [
    { type: 'number', format: 'date' },
    ['type/misplaced-keyword format: "format" has no effect on the type number; it belongs to string.'],
  ],
  [
    {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          a: { type: 'integer', default: 'x' },
          b: {
            anyOf: [
              { type: 'string', pattern: '[' },
              { type: 'string', minLength: 2, maxLength: 1 },
            ],
          },
        },
      },
    },
    [
      'type/bad-default items/properties/a/default: The default must be an integer.',
      'type/bad-pattern items/properties/b/anyOf/0/pattern: The pattern is not a valid regular expression: Unterminated character class.',
      'type/contradiction items/properties/b/anyOf/1/minLength: No value fits: minLength is 2 and maxLength is 1.',
    ],
  ],
  [
    {
      type: 'object',
      properties: { from: { type: 'integer' }, to: { type: 'integer', default: 1 } },
      required: ['from', 'to'],
      default: { from: 'x' },
    },
    ['type/bad-default default/from: The default does not fit: /from must be an integer.'],
  ],
];

test.each(table)('finds in %j exactly %j', (type, expected) => {
  expect(createTypeCheck()(type).map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`)).toEqual(
    expected,
  );
});

test('checks each type by itself, however much two types share', () => {
  const checkType = createTypeCheck();
  const findings = (type: Type) => checkType(type).map(({ path, message }) => `${path.join('/')}: ${message}`);
  expect(findings({ type: 'integer', default: 5, maximum: 4 })).toEqual(['default: The default must be at most 4.']);
  expect(findings({ type: 'integer', default: 6, maximum: 4 })).toEqual(['default: The default must be at most 4.']);
  expect(findings({ type: 'integer', default: 5, maximum: 5 })).toEqual([]);
  expect(findings({ type: 'number', default: 5, maximum: Number.POSITIVE_INFINITY })).toEqual([]);
  expect(findings({ type: 'number', default: 5, maximum: Number.NEGATIVE_INFINITY })).not.toEqual([]);
});
