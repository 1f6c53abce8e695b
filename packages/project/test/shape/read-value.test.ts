import { SourceFile } from '@mxcp-ts/diagnostics';
import { type JsonSchemaDocument, siteSchema, toolSchema } from '@mxcp-ts/schemas';
import { expect, test } from 'vitest';
import { readPlain, readValue } from '../../src/shape/read-value.ts';
import { shapeOf } from '../../src/shape/shape.ts';
import { parseYaml } from '../../src/yaml/parse-yaml.ts';
import type { Place } from '../../src/yaml/yaml-file.ts';

function placeOf(text: string): Place {
  const file = parseYaml(new SourceFile('a.yml', text), fail, '/');
  if (file?.root === undefined) throw new Error('nothing to read');
  return { file, node: file.root };
}

function fail(finding: unknown): never {
  throw new Error(JSON.stringify(finding));
}

const read = (text: string, schema: JsonSchemaDocument) =>
  readValue(placeOf(text), shapeOf(schema), { report: () => undefined });

test('takes one item for a list of one, and an empty block for an absent one', () => {
  expect(
    read(
      'secrets: a\nextensions:\n  name: h3\n  repo:\npaths:\nplugin: {name: a, module: b}\nprofiles: {dev: , prod: {duckdb: }}',
      siteSchema,
    ),
  ).toEqual({
    secrets: ['a'],
    extensions: [{ name: 'h3' }],
    plugin: [{ name: 'a', module: 'b' }],
    profiles: { dev: {}, prod: {} },
  });
});

test('keeps null where it is a value: defaults, constants, members, expected results, notes', () => {
  const text = `
tool:
  description:
  parameters:
    - {name: a, default: null, const: ~, enum: [null, 1], examples: [null], nullable: , items: }
  tests:
    - {name: x, arguments: [{key: a, value: null}], result: null, result_length: , user_context: {a: null}}
metadata: {a: null}
`;
  expect(read(text, toolSchema)).toEqual({
    tool: {
      parameters: [{ name: 'a', default: null, const: null, enum: [null, 1], examples: [null] }],
      tests: [{ name: 'x', arguments: [{ key: 'a', value: null }], result: null, user_context: { a: null } }],
    },
    metadata: { a: null },
  });
});

test('coerces scalars by the type that the schema gives their place, however deep', () => {
  const text =
    'tool:\n  enabled: "off"\n  max_rows: "10"\n  timeout: "5"\n  parameters:\n    - {items: {minLength: "2", properties: {a: {minimum: "1.5"}}}, default: "5"}\n';
  expect(read(text, toolSchema)).toEqual({
    tool: {
      enabled: false,
      max_rows: 10,
      timeout: 5,
      parameters: [{ items: { minLength: 2, properties: { a: { minimum: 1.5 } } }, default: '5' }],
    },
  });
});

test('writes out anchors, aliases and merge keys; what stands beside a merge key wins', () => {
  expect(
    readPlain(
      placeOf('base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none: {<<: *b, y: 9}\ntwo: {<<: [*b, *m]}\nalias: *b\n'),
    ),
  ).toEqual({
    base: { x: 1, y: 2 },
    more: { y: 3, z: 4 },
    one: { y: 9, x: 1 },
    two: { x: 1, y: 2, z: 4 },
    alias: { x: 1, y: 2 },
  });
});

test('reads __proto__ as a key like any other', () => {
  const value = readPlain(placeOf('__proto__: {polluted: true}\n'));
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
