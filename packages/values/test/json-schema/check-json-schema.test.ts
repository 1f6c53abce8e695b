import { createSchemaCheck } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

const check = createSchemaCheck();
const found = (schema: { [keyword: string]: unknown }) =>
  check(schema).map(({ path, message }) => `${path.join('/')}: ${message}`);

test('finds nothing wrong with what JSON Schema 2020-12 has', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://example.com/arguments',
    type: 'object',
    $defs: {
      point: { $anchor: 'point', type: 'object', properties: { x: { type: 'number' }, next: { $ref: '#point' } } },
    },
    properties: { from: { $ref: '#/$defs/point' }, to: { $ref: '#point' }, id: { type: 'string', format: 'uuid' } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    allOf: [{ if: { required: ['to'] }, then: { required: ['from'] } }],
    patternProperties: { '^x_': true },
    unevaluatedProperties: false,
    'x-own': [1],
  };
  expect(found(schema)).toEqual([]);
});

test.each([
  [{}, [': Arguments are an object.']],
  [{ type: ['object', 'null'] }, ['type: Arguments are an object.']],
  [
    { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' },
    ['$schema: The schema is written for another version of JSON Schema.'],
  ],
  [
    { type: 'object', properties: { a: { type: 'strng' }, b: { minLength: -1 } }, required: 'a' },
    [
      'properties/a/type: "type" must be one of the declared alternatives.',
      'properties/b/minLength: "minLength" must be at least 0.',
      'required: "required" must be an array.',
    ],
  ],
  [
    { type: 'object', properties: { a: { items: { $ref: 'https://example.com/a.json' } } } },
    ['properties/a/items/$ref: The schema of https://example.com/a.json is not read.'],
  ],
  [
    { type: 'object', properties: { a: { $ref: '#/$defs/none' } } },
    ['properties/a/$ref: There is nothing at #/$defs/none.'],
  ],
  [
    { type: 'object', properties: { pattern: { pattern: '[' } }, patternProperties: { '(': {} } },
    [
      'patternProperties/(: The pattern is not a valid regular expression.',
      'properties/pattern/pattern: The pattern is not a valid regular expression.',
    ],
  ],
  [{ type: 'object', $defs: { N: { $ref: '#/$defs/N' } } }, ['$defs/N/$ref: The reference leads back to itself.']],
  [
    {
      type: 'object',
      $defs: { a: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } },
    },
    ['$defs/b/not/$ref: The reference leads back to itself.'],
  ],
  [{ type: 'object', allOf: [{ $ref: '#' }] }, ['allOf/0/$ref: The reference leads back to itself.']],
  [
    {
      $id: 'https://example.com/arguments',
      type: 'object',
      $defs: { few: { maxItems: 1, items: { type: 'integer' } } },
      properties: {
        a: { type: 'integer', default: '5' },
        'b/c ~#%': { $ref: '#/$defs/few', default: [1, 'x'] },
        c: { default: [1], $ref: 'https://example.com/arguments#/$defs/few' },
        d: { type: 'string', format: 'uuid', default: 'x' },
      },
      required: ['d', 'e'],
    },
    [
      'properties/a/default: The default must be an integer.',
      'properties/b/c ~#%/default/1: The default does not fit: /1 must be an integer.',
      'properties/b/c ~#%/default: The default must have at most 1 item.',
      'properties/d/default: The default must be of the format uuid.',
    ],
  ],
  [{ type: 'object', maxProperties: Number.POSITIVE_INFINITY }, ['maxProperties: JSON has no such number.']],
  [{ type: 'object', description: 'x'.repeat(131_072) }, [': The schema is longer than 128 KiB.']],
])('finds what is wrong with %j', (schema, findings) => {
  expect(found(schema).sort()).toEqual([...findings].sort());
});

test('refuses a schema that is nested too deeply', () => {
  let inner: { [keyword: string]: unknown } = { type: 'string' };
  for (let level = 0; level < 30; level++) inner = { type: 'object', properties: { a: inner } };
  const [finding, ...more] = check(inner);
  expect([finding?.path.length, finding?.message, more]).toEqual([
    51,
    'The schema is nested deeper than 50 levels.',
    [],
  ]);
});
