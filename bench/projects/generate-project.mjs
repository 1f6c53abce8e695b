import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

/** Rows of the table that the SQL tools ask. */
export const itemCount = 10_000;

/** The SQL of the point query, the same in the product and for the bare driver. */
export const pointQuery = 'SELECT id, name, price, added FROM items WHERE id = $id';

/** The statement that makes the table. */
export const setupSql = `CREATE OR REPLACE TABLE items AS
SELECT i::INTEGER AS id, 'item ' || i AS name, i / 8 AS price, DATE '2024-01-01' + (i % 365)::INTEGER AS added
FROM range(${itemCount}) AS numbers(i);
ALTER TABLE items ADD PRIMARY KEY (id);
`;

/**
 * Writes a project with this many tools: three that are called (`echo_typescript`, `echo_python`, `point_query`), then,
 * of every twenty, one TypeScript tool, one Python tool and eighteen SQL tools that differ in their statements.
 */
export function generateProject(folder, toolCount) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('mxcp-site.yml', stringify({ mxcp: 1, project: 'bench', profile: 'bench', duckdb: { setup: ['setup.sql'] } }));
  write('setup.sql', setupSql);
  for (const tool of calledTools) writeTool(write, tool);
  for (let index = calledTools.length; index < toolCount; index++) writeTool(write, fillingTool(index));
}

const text = { name: 'text', type: 'string', description: 'The text.' };
const echoTypeScript = name => `export async function ${name}({ text }: { text: string }): Promise<string> {
  return text;
}
`;
const echoPython = name => `async def ${name}(text: str) -> str:
    return text
`;

const calledTools = [
  {
    name: 'echo_typescript',
    language: 'typescript',
    parameters: [text],
    return: { type: 'string' },
    code: echoTypeScript('echo_typescript'),
  },
  {
    name: 'echo_python',
    language: 'python',
    parameters: [text],
    return: { type: 'string' },
    code: echoPython('echo_python'),
  },
  {
    name: 'point_query',
    parameters: [{ name: 'id', type: 'integer', description: 'The id of an item.', minimum: 0 }],
    return: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        name: { type: 'string' },
        price: { type: 'number' },
        added: { type: 'string', format: 'date' },
      },
      required: ['id', 'name', 'price', 'added'],
    },
    code: pointQuery,
  },
];

function fillingTool(index) {
  const name = `tool_${String(index).padStart(4, '0')}`;
  if (index % 20 === 4)
    return { name, language: 'typescript', parameters: [text], return: { type: 'string' }, code: echoTypeScript(name) };
  if (index % 20 === 5)
    return { name, language: 'python', parameters: [text], return: { type: 'string' }, code: echoPython(name) };
  return {
    name,
    parameters: [
      { name: 'least', type: 'number', description: 'The least price.', default: 0, minimum: 0 },
      { name: 'most_rows', type: 'integer', description: 'How many to list.', default: 10, minimum: 1, maximum: 100 },
    ],
    return: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'integer' }, name: { type: 'string' }, cost: { type: 'number' } },
      },
    },
    code: `SELECT id, name, round(price * ${index}, 2) AS cost\nFROM items\nWHERE price >= $least\nORDER BY price, id\nLIMIT $most_rows\n`,
  };
}

const folders = { typescript: ['typescript', 'ts'], python: ['python', 'py'] };

function writeTool(write, { code, ...tool }) {
  const { name, language } = tool;
  const described = { description: `The tool ${name} of the benchmark.`, annotations: { readOnlyHint: true } };
  if (language === undefined) {
    write(`tools/${name}.yml`, stringify({ mxcp: 1, tool: { ...tool, ...described, source: { code } } }));
    return;
  }
  const [folder, suffix] = folders[language];
  write(`${folder}/${name}.${suffix}`, code);
  const source = { file: `../${folder}/${name}.${suffix}` };
  write(`tools/${name}.yml`, stringify({ mxcp: 1, tool: { ...tool, ...described, source } }));
}
