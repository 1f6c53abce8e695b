import { expect, test } from 'vitest';
import { loadOne } from './load-one.ts';

test('a question has the schema that MCP clients show as a form', async () => {
  const yaml = `tool:
  name: t
  parameters: [{name: id, type: integer}]
  elicit:
    message: Really delete {{ id }}?
    fields:
      - {name: mail, type: string, title: Mail, format: email, maxLength: 80, default: a@example.com}
      - {name: count, type: integer, minimum: 1, description: How many}
      - {name: sure, type: boolean, default: false}
      - {name: size, enum: [small, large]}
      - {name: color, type: string, oneOf: [{const: r, title: Red}, {const: g}]}
      - {name: tags, type: array, items: {type: string, enum: [a, b]}, minItems: 1, default: [a]}
      - {name: days, type: array, items: {oneOf: [{const: 1st, title: First}]}}
      - {name: note, $ref: ../types/note.yml, default: ~}
  source: {code: "select $id"}
`;
  const { definition } = await loadOne('tool', yaml, { 'types/note.yml': 'type: string\nminLength: 2\n' });
  const { elicit } = definition;
  expect([elicit?.key, elicit?.message.text]).toEqual(['input', 'Really delete {{ id }}?']);
  expect(elicit?.fields.map(({ name }) => name)).toEqual([
    'mail',
    'count',
    'sure',
    'size',
    'color',
    'tags',
    'days',
    'note',
  ]);
  expect(elicit?.schema).toEqual({
    type: 'object',
    properties: {
      mail: { type: 'string', title: 'Mail', format: 'email', maxLength: 80, default: 'a@example.com' },
      count: { type: 'integer', description: 'How many', minimum: 1 },
      sure: { type: 'boolean', default: false },
      size: { type: 'string', enum: ['small', 'large'] },
      color: {
        type: 'string',
        oneOf: [
          { const: 'r', title: 'Red' },
          { const: 'g', title: 'g' },
        ],
      },
      tags: { type: 'array', minItems: 1, items: { type: 'string', enum: ['a', 'b'] }, default: ['a'] },
      days: { type: 'array', items: { anyOf: [{ const: '1st', title: 'First' }] } },
      note: { type: 'string', minLength: 2 },
    },
    required: ['count', 'size', 'color', 'days'],
  });
});

test('resources and prompts ask too, under a key of their own', async () => {
  const elicit = 'elicit: {key: who, message: Who?, fields: [{name: who, type: string}]}';
  const resource = await loadOne('resource', `resource: {uri: "a://b", ${elicit}, source: {code: select $who}}\n`);
  const prompt = await loadOne('prompt', `prompt: {name: p, ${elicit}, messages: [{prompt: Hi}]}\n`);
  expect([resource.definition.elicit?.key, prompt.definition.elicit?.key]).toEqual(['who', 'who']);
});
