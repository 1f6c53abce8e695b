import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../support/make-project.ts';

const source = fileURLToPath(new URL('../fixtures/tasks', import.meta.url));

const files = { ts: '../typescript/jobs.ts', py: '../python/jobs.py' } as const;
const key = 'parameters: [{ name: key, type: string }]';
const asking = 'elicit: { message: Who?, fields: [{ name: name, type: string }] }';

/** The project of `fixtures/tasks` in a folder of its own, with tools that run as tasks in each language. */
export function makeTasksProject(site?: string): string {
  const folder = makeFolder();
  cpSync(source, folder, { recursive: true });
  if (site !== undefined) writeFileSync(join(folder, 'mxcp-site.yml'), site);
  mkdirSync(join(folder, 'tools'));
  const write = (name: string, ...lines: readonly string[]) => {
    const text = ['mxcp: 1', 'tool:', ...[`name: ${name}`, 'description: Test.', ...lines].map(line => `  ${line}`)];
    writeFileSync(join(folder, 'tools', `${name}.yml`), `${text.join('\n')}\n`);
  };
  for (const language of ['ts', 'py'] as const) {
    const code = (name: string) => `source: { file: ${files[language]}, function: ${name} }`;
    write(`${language}_work`, 'task: optional', key, code('work'));
    write(`${language}_again`, 'task: optional', 'annotations: { idempotentHint: true }', key, code('work'));
    write(`${language}_must`, 'task: required', key, code(language === 'py' ? 'work_plainly' : 'work'));
    write(`${language}_seat`, 'task: optional', key, code('seat'));
    write(`${language}_declared`, 'task: optional', asking, code('declared'));
  }
  const sql = (code: string) => `source: { code: ${JSON.stringify(code)} }`;
  write('sql_twice', 'task: required', 'parameters: [{ name: n, type: integer }]', sql('SELECT $n * 2 AS twice'));
  write('sql_declared', 'task: optional', asking, sql("SELECT $name || ' was asked' AS said"));
  write('sql_endless', 'task: optional', sql('SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE hash(i) = 7'));
  return folder;
}
