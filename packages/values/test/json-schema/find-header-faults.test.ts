import { findHeaderFaults, inputSchemaOf } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

const header = (name: unknown, type: unknown = 'string') => ({ type, 'x-mcp-header': name });
const faults = (properties: { [name: string]: unknown }) =>
  findHeaderFaults({ type: 'object', properties }).map(({ path, message }) => `${path.join('/')}: ${message}`);

test('accepts distinct tokens on texts, integers and booleans, also of nested objects', () => {
  const nested = { type: 'object', properties: { id: header('Tenant-Id', 'integer') } };
  expect(faults({ region: header('Region'), dry: header('Dry!Run', 'boolean'), tenant: nested })).toEqual([]);
});

test.each([
  [{ a: header('') }, ['properties/a: What x-mcp-header names is not the name of a header.']],
  [{ a: header('a b') }, ['properties/a: What x-mcp-header names is not the name of a header.']],
  [{ a: header('Grö') }, ['properties/a: What x-mcp-header names is not the name of a header.']],
  [{ a: header(1) }, ['properties/a: What x-mcp-header names is not the name of a header.']],
  [{ a: header('A', 'number') }, ['properties/a: A value of this type cannot be sent as a header.']],
  [{ a: header('A', ['string', 'null']) }, ['properties/a: A value of this type cannot be sent as a header.']],
  [{ a: header('A'), b: header('a') }, ['properties/b: The header "a" is named twice.']],
  [
    { a: { type: 'array', items: header('A') } },
    ['properties/a/items: Only a parameter, or a property of one, can be sent as a header.'],
  ],
  [
    { a: { anyOf: [header('A')] } },
    ['properties/a/anyOf/0: Only a parameter, or a property of one, can be sent as a header.'],
  ],
  [{ a: { ...header('A'), sensitive: true } }, ['properties/a: A sensitive value must not be sent as a header.']],
])('finds what clients would drop the tool for: %j', (properties, expected) => {
  expect(faults(properties)).toEqual(expected);
});

test('finds the same in definitions, and at a parameter that may be null', () => {
  expect(findHeaderFaults({ $defs: { a: header('A') } }).map(({ path }) => path)).toEqual([['$defs', 'a']]);
  const schema = inputSchemaOf([{ name: 'a', type: 'string', default: null, 'x-mcp-header': 'A' }]);
  expect(findHeaderFaults(schema).map(({ path }) => path)).toEqual([['properties', 'a']]);
});
