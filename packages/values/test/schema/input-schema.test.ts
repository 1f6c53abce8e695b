import { inputSchemaOf } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

test('gives types as they were written, in their order, without the keys that are ours', () => {
  const schema = inputSchemaOf([
    {
      name: 'unit',
      type: 'string',
      title: 'Unit',
      description: 'Of weight.',
      enum: ['kg', 'crate'],
      examples: ['kg'],
      default: 'kg',
      'x-order': 1,
    },
    { name: 'since', sensitive: true, type: 'string', format: 'timestamp' },
    {
      name: 'window',
      type: 'object',
      properties: { name: { type: 'string', name: 'ignored' }, to: { type: 'integer', nullable: true, minimum: 0 } },
      required: ['name'],
      additionalProperties: false,
    },
  ]);
  expect(JSON.stringify(schema, null, 1)).toMatchInlineSnapshot(`
    "{
     "type": "object",
     "properties": {
      "unit": {
       "type": "string",
       "title": "Unit",
       "description": "Of weight.",
       "enum": [
        "kg",
        "crate"
       ],
       "examples": [
        "kg"
       ],
       "default": "kg",
       "x-order": 1
      },
      "since": {
       "type": "string",
       "format": "timestamp"
      },
      "window": {
       "type": "object",
       "properties": {
        "name": {
         "type": "string"
        },
        "to": {
         "type": [
          "integer",
          "null"
         ],
         "minimum": 0
        }
       },
       "required": [
        "name"
       ],
       "additionalProperties": false
      }
     },
     "required": [
      "since",
      "window"
     ],
     "additionalProperties": false
    }"
  `);
});

test('admits null by type where that is enough, else as an alternative', () => {
  const { properties } = inputSchemaOf([
    { name: 'a', type: 'integer', minimum: 1, default: null },
    { name: 'b', description: 'B', enum: ['x'], type: 'string', nullable: true },
    { name: 'c', const: 5, nullable: true },
    { name: 'd', oneOf: [{ type: 'string' }, { type: 'integer' }], default: null, title: 'D' },
    { name: 'e', type: 'array', items: { type: 'string', nullable: true } },
  ]);
  expect(properties).toEqual({
    a: { type: ['integer', 'null'], minimum: 1, default: null },
    b: { description: 'B', anyOf: [{ enum: ['x'], type: 'string' }, { type: 'null' }] },
    c: { anyOf: [{ const: 5 }, { type: 'null' }] },
    d: { anyOf: [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, { type: 'null' }], default: null, title: 'D' },
    e: { type: 'array', items: { type: ['string', 'null'] } },
  });
});

test('describes an endpoint without parameters as an empty closed object', () => {
  expect(inputSchemaOf([])).toEqual({ type: 'object', properties: {}, required: [], additionalProperties: false });
});
