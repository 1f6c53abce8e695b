import { expect, test } from 'vitest';
import { renderTypeScriptTypes } from '../../src/index.ts';
import { type Files, load, tool } from '../load.ts';

/** What is written for the tool `t`, without what is around it and its indentation. */
async function typesOf(body: string): Promise<string> {
  const text = await render(tool('t', 'ts', body));
  const [, inner = ''] = /^ {4}t: \{\n(.*?)^ {4}\};$/ms.exec(text) ?? [];
  return inner.replace(/^ {6}/gm, '').trimEnd();
}

async function render(files: Files): Promise<string> {
  return renderTypeScriptTypes(await load(files));
}

const parameters = (list: string) => `  parameters:\n${list.replace(/^/gm, '    - ')}\n`;

test('a file holds the tools and resources of TypeScript, by name, and nothing of the others', async () => {
  const resource = `mxcp: 1
resource:
  uri: notes://{id}
  description: One note.
  parameters: [{ name: id, type: string }]
  return: { type: string }
  source: { file: ../handlers.ts }
`;
  const files = {
    ...tool('write', 'ts', '  description: |\n    Writes a note.\n\n    Not */ for long.\n'),
    ...tool('erase', 'ts', '  return: { type: boolean }\n'),
    ...tool('python', 'py', ''),
    'tools/sql.yml': 'mxcp: 1\ntool: { name: sql, source: { code: SELECT 1 } }\n',
    'resources/note.yml': resource,
  };
  expect(
    await render(files),
  ).toBe(`// Written by \`mxcp-ts types\` from the YAML files of the project. Do not edit: it is written anew.
/* eslint-disable */
import 'mxcp-ts/runtime';

declare module 'mxcp-ts/runtime' {
  interface Tools {
    erase: {
      args: Record<string, never>;
      result: boolean | null;
    };
    /**
     * Writes a note.
     * Not *\\/ for long.
     */
    write: {
      args: Record<string, never>;
      result: unknown;
    };
  }

  interface Resources {
    /** One note. */
    'notes://{id}': {
      args: {
        id: string;
      };
      result: string | null;
    };
  }
}
`);
});

test('a project without TypeScript has empty interfaces', async () => {
  expect(await render({})).toContain('  interface Tools {}\n\n  interface Resources {}\n');
});

test('arguments with a default are there, and null is where it may be', async () => {
  const list = [
    '{ name: limit, type: integer, default: 10, description: How many. }',
    '{ name: share, type: number }',
    '{ name: deep, type: boolean, nullable: true }',
    '{ name: day, type: string, format: date, default: null }',
    '{ name: size, type: string, enum: [small, "it\'s", large] }',
    '{ name: version, const: 2 }',
    '{ name: tags, type: array, items: { type: string, nullable: true } }',
    '{ name: anything, type: array }',
  ];
  expect(await typesOf(parameters(list.join('\n')))).toBe(`args: {
  /** How many. */
  limit: number;
  share: number;
  deep: boolean | null;
  day: string | null;
  size: 'small' | "it's" | 'large';
  version: 2;
  tags: (string | null)[];
  anything: unknown[];
};
result: unknown;`);
});

test('properties of an argument are there when they are required or have a default', async () => {
  const properties =
    'from: { type: string }, to: { type: string, default: now }, step: { type: integer }, "odd-name": { type: object }';
  const object = `{ name: window, type: object, additionalProperties: false, required: [from], properties: { ${properties} } }`;
  expect(await typesOf(parameters(object))).toBe(`args: {
  window: {
    from: string;
    to: string;
    step?: number;
    'odd-name'?: { [name: string]: unknown };
  };
};
result: unknown;`);
});

test('a result admits null where the check of results does, and undefined properties', async () => {
  const returns = `  return:
    type: array
    items:
      type: object
      required: [id, note]
      properties:
        id: { type: integer }
        note: { type: string, nullable: true }
        at: { type: string, format: date-time }
        tags: { type: array, items: { type: string } }
        extra: { type: object }
`;
  expect(await typesOf(returns)).toBe(`args: Record<string, never>;
result: readonly {
  id: number;
  note: string | null;
  at?: string | Date | null | undefined;
  tags?: readonly (string | null)[] | null | undefined;
  extra?: object | null | undefined;
  [name: string]: any;
}[];`);
});

test('unions are unions, each null once', async () => {
  const returns = `  return:
    type: object
    additionalProperties: false
    required: [a, b, c]
    properties:
      a: { oneOf: [{ type: string, nullable: true }, { type: array, items: { type: array, items: { type: object } } }], nullable: true }
      b: { enum: [1, "x", null, { k: [true] }], nullable: true }
      c: { anyOf: [{ type: object, properties: { d: { type: integer } }, required: [d], additionalProperties: false }, { const: none }] }
`;
  expect(await typesOf(returns)).toBe(`args: Record<string, never>;
result: {
  a: string | null | readonly (readonly object[])[];
  b: 1 | 'x' | null | { k: [true] };
  c: {
    d: number;
  } | 'none';
};`);
});

test('arguments are also what the user is asked; of a JSON Schema those that are not required may be absent', async () => {
  const asked =
    '  elicit: {message: Hi, fields: [{name: sure, type: boolean}, {name: note, type: string, default: null}]}\n';
  expect(await typesOf(`  parameters: [{name: id, type: integer}]\n${asked}`)).toBe(`args: {
  id: number;
  sure: boolean;
  note: string | null;
};
result: unknown;`);
  const schema = `  input_schema:
    type: object
    required: [id]
    properties: {id: {$ref: "#/$defs/id"}, limit: {type: integer, default: 5}, text: {type: string}, any: true}
    $defs: {id: {type: integer}}
`;
  expect(await typesOf(schema)).toBe(`args: {
  id: number;
  limit: number;
  text?: string | null;
  any?: unknown;
  [name: string]: unknown;
};
result: unknown;`);
  expect(await typesOf(`${schema}    additionalProperties: false\n`)).not.toContain('[name: string]');
});
