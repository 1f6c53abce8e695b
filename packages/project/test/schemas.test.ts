// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are written like this
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticCodes } from '@mxcp-ts/diagnostics';
import { schemaDocuments } from '@mxcp-ts/schemas';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../../schemas/v1');
const names = readdirSync(folder).sort();
const read = (name: string): Schema => JSON.parse(readFileSync(join(folder, name), 'utf8'));

type Schema = { readonly [keyword: string]: unknown };

interface Found {
  readonly pointer: string;
  readonly schema: Schema;
  /** Whether it is what stands under a key that people write. */
  readonly isKey: boolean;
}

/** Every schema inside a document, with its JSON Pointer; values of keywords that hold no schemas are left out. */
function schemasIn(schema: Schema, pointer = '', isKey = false): Found[] {
  const below = (keyword: string): Found[] => {
    const value = schema[keyword];
    if (!isSchema(value)) return [];
    return Object.entries(value).flatMap(([key, child]) =>
      isSchema(child) ? schemasIn(child, `${pointer}/${keyword}/${key}`, keyword !== '$defs') : [],
    );
  };
  const single = ['items', 'additionalProperties'].flatMap(keyword => {
    const value = schema[keyword];
    return isSchema(value) ? schemasIn(value, `${pointer}/${keyword}`) : [];
  });
  return [{ pointer, schema, isKey }, ...['properties', '$defs', 'patternProperties'].flatMap(below), ...single];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe.each(names)('%s', name => {
  const document = read(name);

  test('is named after its file and lists among the documents', () => {
    expect(document['$id']).toBe(`https://mxcp-ts.dev/schemas/v1/${name}`);
    expect(schemaDocuments.some(({ $id }) => $id === document['$id'])).toBe(true);
  });

  test('describes every key', () => {
    const silent = schemasIn(document).filter(
      ({ schema, isKey }) => isKey && typeof schema['description'] !== 'string',
    );
    expect(silent.map(({ pointer }) => pointer)).toEqual([]);
  });

  test('closes every object, or declares it a free map', () => {
    const open = schemasIn(document).filter(({ schema }) => {
      const types = [schema['type']].flat();
      return types.includes('object') && !('additionalProperties' in schema) && !('then' in schema);
    });
    expect(open.map(({ pointer }) => pointer)).toEqual([]);
  });

  test('names only codes of diagnostics that exist', () => {
    const codes = schemasIn(document).flatMap(({ schema }) =>
      'x-mxcp-code' in schema ? [String(schema['x-mxcp-code'])] : [],
    );
    expect(codes.filter(code => !Object.hasOwn(diagnosticCodes, code))).toEqual([]);
  });

  test('is a valid schema whose references lead somewhere', () => {
    const ajv = new Ajv2020({ strict: false, schemas: names.map(read) });
    expect(ajv.getSchema(String(document['$id']))).toBeTypeOf('function');
  });
});

test('the generated types are those of the schemas', () => {
  const script = join(import.meta.dirname, '../../../scripts/generate-types.mjs');
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});

test.each([
  [
    'site.schema.json',
    {
      project: 'a',
      profile: 'b',
      secrets: 'x',
      extensions: ['h3', { name: 'a', repo: 'community' }],
      plugin: { name: 'a', module: 'b' },
    },
    true,
  ],
  ['site.schema.json', { project: 'a', profile: 'b', plugin: { name: 'a' } }, false],
  ['user-config.schema.json', { transport: { http: { port: '${PORT}', stateless: true } } }, true],
  ['user-config.schema.json', { transport: { http: { port: 'many' } } }, false],
  ['tool.schema.json', { tool: { name: 'a', timeout: '1.5s', source: { code: 'select 1' } } }, true],
  ['tool.schema.json', { tool: { name: 'a', timeout: '0s', source: { code: 'select 1' } } }, false],
  ['tool.schema.json', { tool: { name: 'a', source: { code: 'select 1', file: 'a.sql' } } }, false],
  [
    'resource.schema.json',
    {
      resource: {
        uri: 'a://b',
        source: { file: 'a.sql' },
        parameters: [{ name: 'é', type: 'string', 'x-unit': 'kg' }],
      },
    },
    true,
  ],
  [
    'resource.schema.json',
    { resource: { uri: 'a://b', source: { file: 'a.sql' }, parameters: [{ name: 'a b', type: 'string' }] } },
    false,
  ],
  ['prompt.schema.json', { prompt: { name: 'a', messages: [{ prompt: 'x', role: 'system' }] } }, true],
  ['prompt.schema.json', { prompt: { name: 'a', messages: [{ prompt: 'x' }], source: { code: 'x' } } }, false],
])('%s judges %j as an editor would: %s', (name, value, expected) => {
  const ajv = new Ajv2020({ strict: false, schemas: names.map(read) });
  expect(ajv.validate(String(read(name)['$id']), value)).toBe(expected);
});
