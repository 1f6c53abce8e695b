import { compileSchemaArguments } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

const read = compileSchemaArguments({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://example.com/arguments',
  type: 'object',
  $defs: { region: { $anchor: 'region', enum: ['EMEA', 'APAC'] } },
  properties: {
    region: { $ref: '#region' },
    limit: { type: 'integer', default: 10 },
    mail: { type: 'string', format: 'email' },
    id: { type: 'string', format: 'uuid' },
    odd: { type: 'string', format: 'of-my-own' },
    gift: { type: 'boolean' },
    card: { type: 'string' },
  },
  required: ['region'],
  if: { properties: { gift: { const: true } }, required: ['gift'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['card'] },
  dependentRequired: { mail: ['card'] },
  unevaluatedProperties: false,
});

test('fills in the defaults of top-level properties; what else is left out stays away', () => {
  const given = { region: 'EMEA' };
  expect(read(given)).toEqual({ ok: true, value: { region: 'EMEA', limit: 10 } });
  expect(given).toEqual({ region: 'EMEA' });
});

test('coerces nothing', () => {
  expect(read({ region: 'EMEA', limit: '5' })).toEqual({
    ok: false,
    problems: [{ pointer: '/limit', message: 'must be an integer' }],
  });
});

test.each([
  [undefined, [{ pointer: '/region', message: 'is required' }]],
  ['x', [{ pointer: '', message: 'must be an object that holds the arguments by name' }]],
  [{ region: 'X' }, [{ pointer: '/region', message: 'must be one of "EMEA", "APAC"' }]],
  [{ region: 'EMEA', gift: true }, [{ pointer: '/card', message: 'is required' }]],
  [{ region: 'EMEA', mail: 'a@b.example' }, [{ pointer: '/card', message: 'is required beside mail' }]],
  [{ region: 'EMEA', id: 'x' }, [{ pointer: '/id', message: 'must be of the format uuid' }]],
  [
    { region: 'EMEA', odd: 'anything', regin: 1 },
    [{ pointer: '/regin', message: 'is not a declared property; did you mean "region"?' }],
  ],
])('says what is wrong with %j', (given, problems) => {
  expect(read(given)).toEqual({ ok: false, problems });
});

test('a default named like the prototype is an argument of its own', () => {
  const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"default":1}}}');
  const result = compileSchemaArguments(schema)({});
  expect(result.ok && Object.entries(result.value)).toEqual([['__proto__', 1]]);
});

test('arguments that are nested without end are refused, not a crash', () => {
  const tree = compileSchemaArguments({ type: 'object', properties: { a: { $ref: '#' } } });
  const deep = JSON.parse(`${'{"a":'.repeat(20_000)}{}${'}'.repeat(20_000)}`);
  expect(tree(deep)).toEqual({ ok: false, problems: [{ pointer: '', message: 'is nested too deeply' }] });
});
