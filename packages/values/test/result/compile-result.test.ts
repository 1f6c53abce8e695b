import { compileResult } from '@mxcp-ts/values';
import { describe, expect, test } from 'vitest';

type Returns = Exclude<Parameters<typeof compileResult>[0], undefined>;
type Value = Parameters<ReturnType<typeof compileResult>>[0];
type ExactNumbers = Parameters<ReturnType<typeof compileResult>>[1];

/** Shapes one result: the value, or its problems as one text. */
function shape(returns: Returns | undefined, value: Value, exact?: ExactNumbers): unknown {
  const result = compileResult(returns)(value, exact);
  if (result.ok) return { value: result.value };
  return result.problems.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ');
}

const flight: Returns = {
  type: 'object',
  properties: { id: { type: 'integer' }, to: { type: 'string' } },
  required: ['id'],
};

describe('shaping', () => {
  const table: readonly (readonly [Returns | undefined, Value, unknown])[] = [
    [undefined, [], { value: [] }],
    [undefined, [{ a: 1 }], { value: [{ a: 1 }] }],
    [flight, [], 'must be one row, and there is none'],
    [{ ...flight, nullable: true }, [], { value: null }],
    [flight, [{ id: 1 }], { value: { id: 1 } }],
    [flight, [{ id: 1 }, { id: 2 }], 'must be one row, and there are 2'],
    [flight, { id: 1 }, { value: { id: 1 } }],
    [flight, null, 'must be an object'],
    [{ type: 'integer' }, [], 'must be one value, and there is none'],
    [{ type: 'integer', nullable: true }, [], { value: null }],
    [{ type: 'integer' }, [{ n: 5 }], { value: 5 }],
    [{ type: 'integer' }, [{ n: null }], { value: null }],
    [{ type: 'integer' }, [5], { value: 5 }],
    [{ type: 'integer' }, 5, { value: 5 }],
    [{ type: 'integer' }, [{ a: 1, b: 2 }], 'must be one value, and the row has 2 columns'],
    [{ type: 'integer' }, [{ n: 1 }, { n: 2 }], 'must be one value, and there are 2'],
    [{ enum: ['a', 'b'] }, [{ unit: 'a' }], { value: 'a' }],
    [{ type: 'array' }, [{ n: 1 }], { value: [{ n: 1 }] }],
    [{ type: 'array', items: flight }, [], { value: [] }],
    [{ type: 'array', items: { type: 'integer' } }, [{ n: 1 }, { n: null }], { value: [1, null] }],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2], { value: [1, 2] }],
    [
      { type: 'array', items: { type: 'integer' } },
      [{ n: 1 }, { n: 1, m: 2 }],
      '/0 must be an integer or null; /1 must be an integer or null',
    ],
    [{ type: 'array', items: { type: 'array', items: { type: 'integer' } } }, [{ l: [1] }], { value: [[1]] }],
    [{ type: 'array', items: { type: 'object' } }, [{ only: 1 }], { value: [{ only: 1 }] }],
    [{ oneOf: [{ type: 'array' }, { type: 'object' }] }, [{ a: 1 }], { value: [{ a: 1 }] }],
  ];
  test.each(table)('%j makes of %j: %j', (returns, value, expected) => {
    expect(shape(returns, value)).toEqual(expected);
  });
});

describe('checking', () => {
  test('coerces nothing', () => {
    expect(shape(flight, { id: '1', to: 5 })).toBe('/id must be an integer; /to must be a string or null');
    expect(shape({ type: 'boolean' }, 'true')).toBe('must be true or false or null');
  });

  test('takes null where a column may be NULL, and not where it is required', () => {
    expect(shape(flight, { id: 1, to: null })).toEqual({ value: { id: 1, to: null } });
    expect(shape(flight, { id: null })).toBe('/id must be an integer');
    expect(shape({ ...flight, properties: { id: { type: 'integer', nullable: true } } }, { id: null })).toEqual({
      value: { id: null },
    });
  });

  test('reports every problem by rule and place, and shows no value', () => {
    const returns: Returns = {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          unit: { type: 'string', enum: ['kg', 'lb'] },
          weight: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.1 },
          day: { type: 'string', format: 'date' },
          key: { type: 'object', sensitive: true, additionalProperties: false },
        },
        required: ['unit'],
        additionalProperties: false,
      },
    };
    const rows = [
      { unit: 'hidden', weight: 0.25, day: 'hidden', key: { hidden: 1 } },
      { weight: 0, extra: 'hidden' },
    ];
    expect(compileResult(returns)(rows)).toEqual({
      ok: false,
      problems: [
        { pointer: '/0/unit', message: 'must be one of "kg", "lb"' },
        { pointer: '/0/weight', message: 'must be a multiple of 0.1' },
        { pointer: '/0/day', message: 'must be a date like 2025-01-31' },
        { pointer: '/0/key', message: 'has a property that is not declared' },
        { pointer: '/1/unit', message: 'is required' },
        { pointer: '/1/extra', message: 'is not a declared property' },
        { pointer: '/1/weight', message: 'must be greater than 0' },
      ],
    });
  });

  test('takes dates and times as databases print them', () => {
    const at: Returns = { type: 'array', items: { type: 'string', format: 'date-time' } };
    expect(shape(at, ['2024-01-02 03:04:05', '2024-01-02T03:04:05.5+01:00'])).toEqual({
      value: ['2024-01-02 03:04:05', '2024-01-02T03:04:05.5+01:00'],
    });
  });
});

describe('exact numbers', () => {
  const big = '9007199254740993';
  const total = (type: 'string' | 'integer' | 'number'): Returns => ({
    type: 'array',
    items: { type: 'object', properties: { total: { type } } },
  });

  test('keeps the text where a string is declared', () => {
    expect(shape(total('string'), [{ total: big }], [{ pointer: '/0/total', text: big }])).toEqual({
      value: [{ total: big }],
    });
    expect(shape(total('string'), [{ total: '1.50' }], [{ pointer: '/0/total', text: '1.50' }])).toEqual({
      value: [{ total: '1.50' }],
    });
  });

  test('gives a number where a number is declared and keeps every digit', () => {
    expect(shape(total('number'), [{ total: '1234.5600' }], [{ pointer: '/0/total', text: '1234.5600' }])).toEqual({
      value: [{ total: 1234.56 }],
    });
    expect(shape(total('integer'), [{ total: '42' }], [{ pointer: '/0/total', text: '42' }])).toEqual({
      value: [{ total: 42 }],
    });
  });

  test('refuses a number that would lose digits, once, naming its place', () => {
    const expected = '/0/total cannot be a number without losing digits; declare it as string';
    expect(shape(total('integer'), [{ total: big }], [{ pointer: '/0/total', text: big }])).toBe(expected);
    expect(shape(total('number'), [{ total: big }], [{ pointer: '/0/total', text: big }])).toBe(expected);
  });

  test('says that a fraction is no integer rather than that digits are lost', () => {
    expect(shape(total('integer'), [{ total: '1.5' }], [{ pointer: '/0/total', text: '1.5' }])).toBe(
      '/0/total must be an integer or null',
    );
  });

  test('refuses a plain number where a string is declared', () => {
    expect(shape(total('string'), [{ total: 5 }])).toBe('/0/total must be a string or null');
  });

  test('gives a number where nothing is declared and it is exact, else the text', () => {
    const rows = [{ a: '1.50', b: big }];
    const exact = [
      { pointer: '/0/a', text: '1.50' },
      { pointer: '/0/b', text: big },
    ];
    const expected = { value: [{ a: 1.5, b: big }] };
    expect(shape(undefined, rows, exact)).toEqual(expected);
    expect(shape({ type: 'array' }, rows, exact)).toEqual(expected);
    expect(shape({ type: 'array', items: { type: 'object' } }, rows, exact)).toEqual(expected);
  });

  test('follows the numbers when rows become an object, a value or a list of values', () => {
    const exact = [{ pointer: '/0/n', text: big }];
    const one: Returns = { type: 'object', properties: { n: { type: 'string' } } };
    expect(shape(one, [{ n: big }], exact)).toEqual({ value: { n: big } });
    expect(shape({ type: 'string' }, [{ n: big }], exact)).toEqual({ value: big });
    expect(shape({ type: 'integer' }, [{ n: big }], exact)).toBe(
      'cannot be a number without losing digits; declare it as string',
    );
    expect(shape({ type: 'array', items: { type: 'string' } }, [{ n: big }, { n: 'x' }], exact)).toEqual({
      value: [big, 'x'],
    });
    expect(
      shape(
        { type: 'array', items: { type: 'number' } },
        [{ n: 1 }, { n: '2.50' }],
        [{ pointer: '/1/n', text: '2.50' }],
      ),
    ).toEqual({ value: [1, 2.5] });
  });

  test('reaches into nested values, also of a union, and through escaped names', () => {
    const returns: Returns = {
      type: 'object',
      properties: {
        'a/b': {
          type: 'array',
          items: { anyOf: [{ type: 'object', properties: { id: { type: 'string' } } }, { type: 'integer' }] },
        },
      },
    };
    const value = { 'a/b': [{ id: big }, '7'] };
    const exact = [
      { pointer: '/a~1b/0/id', text: big },
      { pointer: '/a~1b/1', text: '7' },
    ];
    expect(shape(returns, value, exact)).toEqual({ value: { 'a/b': [{ id: big }, 7] } });
    expect(value).toEqual({ 'a/b': [{ id: big }, '7'] });
  });

  test('ignores places that do not exist', () => {
    const exact = [
      { pointer: '/5/n', text: '1' },
      { pointer: '/0/__proto__', text: '1' },
      { pointer: 'nonsense', text: '1' },
    ];
    expect(shape(undefined, [{ n: 1 }], exact)).toEqual({ value: [{ n: 1 }] });
  });
});
