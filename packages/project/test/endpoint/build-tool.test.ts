import { expect, test } from 'vitest';
import { loadOne } from './load-one.ts';

const source = '  source: {code: select 1}\n';

test('a tool says its title, icons and meta; local icons become data URIs and are inputs of the project', async () => {
  const yaml = `tool:
  name: t
  title: Tee
  icons:
    - {src: ../art/icon.png, sizes: [48x48, any], theme: dark}
    - {src: "https://example.com/i", mime_type: image/webp}
    - {src: "data:image/svg+xml,%3Csvg/%3E"}
    - {src: /art/raw, mime_type: image/x-own}
  meta: {com.example/color: red, plain: [1, {a: null}]}
${source}`;
  const { definition, inputs, root } = await loadOne('tool', yaml, {
    'art/icon.png': Buffer.from('iVBORw0KGgo=', 'base64'),
    'art/raw': 'RAW',
  });
  expect(definition.title).toBe('Tee');
  expect(definition.icons).toEqual([
    { src: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png', sizes: ['48x48', 'any'], theme: 'dark' },
    { src: 'https://example.com/i', mimeType: 'image/webp' },
    { src: 'data:image/svg+xml,%3Csvg/%3E' },
    { src: 'data:image/x-own;base64,UkFX', mimeType: 'image/x-own' },
  ]);
  expect(definition.meta).toEqual({ 'com.example/color': 'red', plain: [1, { a: null }] });
  expect(inputs).toContain(`${root}/art/icon.png`);
  expect([definition.icons, definition.icons[0]?.sizes, definition.meta?.['plain']].every(Object.isFrozen)).toBe(true);
});

test.each([
  ['', 30_000, undefined],
  ['  timeout: 5s\n', 5_000, undefined],
  ['  task: optional\n', 3_600_000, 'optional'],
  ['  task: required\n  timeout: 2h\n', 7_200_000, 'required'],
])('a task has an hour unless another time is written: %j', async (written, timeoutMs, task) => {
  const { definition } = await loadOne('tool', `tool:\n  name: t\n${written}${source}`);
  expect([definition.timeoutMs, definition.task]).toEqual([timeoutMs, task]);
});

test('an input schema is kept as it is written, and its top-level properties are the parameters', async () => {
  const yaml = `tool:
  name: t
  input_schema:
    $schema: https://json-schema.org/draft/2020-12/schema
    x-own: {z: 1, a: [~]}
    type: object
    required: [region]
    properties:
      region: {$ref: "#/$defs/region", description: Where}
      limit: {type: integer, default: 10, x-mcp-header: Limit}
      note: {type: [string, "null"], maxLength: 5}
      any: true
      tree: {$ref: "#/$defs/tree"}
      kebab-case: {type: string}
    $defs:
      region: {type: string, enum: [EMEA, APAC]}
      tree: {$anchor: tree, type: object, properties: {left: {$ref: "#tree"}, size: {type: number}}}
    if: {properties: {limit: {const: 1}}}
    then: {required: [note]}
    additionalProperties: false
${source}`;
  const { definition } = await loadOne('tool', yaml);
  expect(JSON.stringify(definition.inputSchema)).toBe(
    '{"$schema":"https://json-schema.org/draft/2020-12/schema","x-own":{"z":1,"a":[null]},"type":"object","required":["region"],' +
      '"properties":{"region":{"$ref":"#/$defs/region","description":"Where"},"limit":{"type":"integer","default":10,"x-mcp-header":"Limit"},' +
      '"note":{"type":["string","null"],"maxLength":5},"any":true,"tree":{"$ref":"#/$defs/tree"},"kebab-case":{"type":"string"}},' +
      '"$defs":{"region":{"type":"string","enum":["EMEA","APAC"]},"tree":{"$anchor":"tree","type":"object",' +
      '"properties":{"left":{"$ref":"#tree"},"size":{"type":"number"}}}},' +
      '"if":{"properties":{"limit":{"const":1}}},"then":{"required":["note"]},"additionalProperties":false}',
  );
  expect(definition.parameters).toEqual([
    { name: 'region', type: 'string', enum: ['EMEA', 'APAC'], description: 'Where' },
    { name: 'limit', type: 'integer', default: 10 },
    { name: 'note', type: 'string', nullable: true, maxLength: 5, default: null },
    { name: 'any', nullable: true, default: null },
    {
      name: 'tree',
      type: 'object',
      properties: { left: {}, size: { type: 'number' } },
      nullable: true,
      default: null,
    },
  ]);
});

test('definitions that contain themselves, or much of one another, become types of a bounded size', async () => {
  const fan = (next: string) =>
    `{type: object, properties: {${[...'abcdefghij'].map(key => `${key}: {$ref: "${next}"}`)}}}`;
  const defs = Array.from({ length: 9 }, (_, level) => `d${level}: ${fan(`#/$defs/d${level + 1}`)}`);
  const yaml = `tool:
  name: t
  input_schema:
    type: object
    properties:
      self: {$ref: "#"}
      wide: {$ref: "#/$defs/d0"}
    $defs: {${defs.join(', ')}, d9: {type: string}}
${source}`;
  const { definition } = await loadOne('tool', yaml);
  const [self, wide] = definition.parameters;
  expect(self).toEqual({
    name: 'self',
    type: 'object',
    properties: { self: {}, wide: expect.objectContaining({ type: 'object' }) },
    nullable: true,
    default: null,
  });
  expect(wide?.name).toBe('wide');
  expect(JSON.stringify(definition.parameters).length).toBeLessThan(200_000);
});
