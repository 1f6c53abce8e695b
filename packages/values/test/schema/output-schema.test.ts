import { AjvJsonSchemaValidator as CurrentValidator } from '@modelcontextprotocol/client/validators/ajv';
import { AjvJsonSchemaValidator as OlderValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { compileResult, outputSchemaOf, publishedSchemaOf } from '@mxcp-ts/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sample, type Type } from '../support/arbitrary-type.ts';

test('admits null where a result may be NULL: optional properties, single values, scalar items, nullable types', () => {
  const returns: Type = {
    type: 'array',
    description: 'Flights.',
    items: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        to: { type: 'string', description: 'IATA' },
        unit: { type: 'string', enum: ['kg', 'lb'], sensitive: true },
        stops: { type: 'array', items: { type: 'string' } },
        via: { type: 'array', items: { type: 'object' } },
        gate: { type: 'string', nullable: true },
      },
      required: ['id', 'gate'],
    },
  };
  expect(outputSchemaOf(returns)).toEqual({
    type: 'array',
    description: 'Flights.',
    items: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        to: { type: ['string', 'null'], description: 'IATA' },
        unit: { anyOf: [{ type: 'string', enum: ['kg', 'lb'] }, { type: 'null' }] },
        stops: { type: ['array', 'null'], items: { type: ['string', 'null'] } },
        via: { type: ['array', 'null'], items: { type: 'object' } },
        gate: { type: ['string', 'null'] },
      },
      required: ['id', 'gate'],
    },
  });
});

test.each([
  [{ type: 'integer' }, { type: ['integer', 'null'] }],
  [{ type: 'object' }, { type: 'object' }],
  [{ type: 'array' }, { type: 'array' }],
  [{ type: 'object', nullable: true }, { type: ['object', 'null'] }],
] satisfies [Type, object][])('publishes a top-level %j as %j', (returns, schema) => {
  expect(outputSchemaOf(returns)).toEqual(schema);
});

test('leaves out what clients of the SDK check more narrowly than databases print it', () => {
  const returns: Type = {
    type: 'object',
    properties: {
      at: { type: 'string', format: 'date-time' },
      day: { type: 'string', format: 'date' },
      price: { type: 'number', multipleOf: 0.01 },
      pack: { type: 'integer', multipleOf: 6 },
    },
    required: ['at', 'day', 'price', 'pack'],
  };
  expect(outputSchemaOf(returns).properties).toEqual({
    at: { type: 'string' },
    day: { type: 'string', format: 'date' },
    price: { type: 'number' },
    pack: { type: 'integer', multipleOf: 6 },
  });
});

test.each([
  ['current', new CurrentValidator()],
  ['older', new OlderValidator()],
])('a result that passes here passes in a %s client too', (_generation, validator) => {
  fc.assert(
    fc.property(sample, ({ type, value }) => {
      expect(compileResult(type)(value)).toEqual({ ok: true, value });
      const schema = { type: 'object', properties: { result: outputSchemaOf(type) }, required: ['result'] } as const;
      expect(validator.getValidator(schema)({ result: value })).toMatchObject({ valid: true });
    }),
    { numRuns: 60 },
  );
});

test.each([
  [{ type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' }, undefined],
  [
    { type: 'string', contentEncoding: 'base64' },
    { type: ['string', 'null'], contentEncoding: 'base64' },
  ],
  [
    { type: 'object', properties: { a: { type: 'string', contentMediaType: 'image/png' } }, required: ['a'] },
    { type: 'object', properties: { a: { type: 'string', contentMediaType: 'image/png' } }, required: ['a'] },
  ],
] satisfies [Type, unknown][])('clients get no schema of a result that is a block: %j', (returns, schema) => {
  expect(publishedSchemaOf(returns)).toEqual(schema);
});
