import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPage, repository } from './support/read-page.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

interface Subject {
  readonly schema: string;
  readonly pages: readonly string[];
  /** Keys below these are described by the JSON Schema alone: what they set does not exist yet. */
  readonly closed?: readonly string[];
}

const subjects: readonly Subject[] = [
  { schema: 'site', pages: ['site-file'] },
  {
    schema: 'user-config',
    pages: ['user-config'],
    closed: ['auth', 'telemetry', 'models', 'plugin'],
  },
  { schema: 'tool', pages: ['endpoints'] },
  { schema: 'resource', pages: ['endpoints'] },
  { schema: 'prompt', pages: ['endpoints', 'prompts'] },
  { schema: 'icon', pages: ['endpoints'] },
  { schema: 'elicit', pages: ['endpoints'] },
  { schema: 'source', pages: ['endpoints'] },
  { schema: 'test', pages: ['endpoints'] },
  { schema: 'type', pages: ['types'] },
  { schema: 'parameter', pages: ['types'] },
];

test.each(subjects)('every key of the $schema schema is on its page', ({ schema, pages, closed = [] }) => {
  const described = new Set(pages.flatMap(page => wordsInCode(readPage(`docs/reference/${page}.md`).text)));
  expect(keysOf(readSchema(schema), closed).filter(key => !described.has(key))).toEqual([]);
});

function readSchema(name: string): Schema {
  const schema: Schema = JSON.parse(readFileSync(`${repository}schemas/v1/${name}.schema.json`, 'utf8'));
  return schema;
}

function keysOf(schema: Schema, closed: readonly string[]): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    key,
    ...(closed.includes(key) ? [] : keysOf(property, closed)),
  ]);
  const { additionalProperties } = schema;
  const below = [
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...Object.values(schema.$defs ?? {}),
  ];
  return [...new Set([...own, ...below.flatMap(part => keysOf(part, closed))])];
}

/** Every word between backticks of the prose: `http.port` gives both of its words. */
function wordsInCode(text: string): readonly string[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/[^\w$-]+/));
}
