import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

const sources = fileURLToPath(new URL('data', import.meta.url));

/**
 * Writes the project whose tools read many rows into Python and call functions of plug-ins in SQL.
 *
 * @param python - the interpreter of its guest; undefined: the one that it finds itself
 */
export function writeDataProject(folder, python) {
  for (const part of ['tools', 'python', 'plugins']) mkdirSync(join(folder, part), { recursive: true });
  for (const file of ['queries.py', 'handlers.py', 'direct.py'])
    cpSync(join(sources, file), join(folder, 'python', file));
  for (const file of ['scores.py', 'numbers.ts']) cpSync(join(sources, file), join(folder, 'plugins', file));
  const site = { mxcp: 1, project: 'data', profile: 'bench', python: python && { interpreter: python } };
  writeFileSync(join(folder, 'mxcp-site.yml'), stringify(site));
  for (const name of ['time_frame', 'time_rows']) {
    const tool = { language: 'python', parameters: [rows], source: { file: '../python/handlers.py' } };
    writeTool(folder, { name, ...tool, return: { type: 'number' } });
  }
  for (const [name, value] of Object.entries(expressions)) {
    const code = `SELECT sum(${value})::DOUBLE AS total FROM range($rows) AS numbers(i)`;
    writeTool(folder, { name, parameters: [rows], source: { code } });
  }
}

const rows = { name: 'rows', type: 'integer', description: 'How many rows.' };

/** What each SQL tool adds up. */
const expressions = {
  score_inline: 'i * 2 + 1',
  score_typescript: 'score_typescript(i)',
  score_python: 'score_python(i)',
  slow_typescript: 'slow_typescript(i)',
  slow_python: 'slow_python(i)',
};

function writeTool(folder, tool) {
  const described = { description: `The tool ${tool.name} of the benchmark.`, timeout: 600 };
  writeFileSync(join(folder, 'tools', `${tool.name}.yml`), stringify({ mxcp: 1, tool: { ...tool, ...described } }));
}
