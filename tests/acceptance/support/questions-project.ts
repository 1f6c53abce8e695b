import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../support/make-project.ts';

/** The ways to write a handler: TypeScript, `async def`, and a plain Python function. */
export const flavors = ['ts', 'py', 'plain'] as const;
export type Flavor = (typeof flavors)[number];

const source = fileURLToPath(new URL('../fixtures/questions', import.meta.url));

/** The project of `fixtures/questions` in a folder of its own, with endpoints for each way to write a handler. */
export function makeQuestionsProject(): string {
  const folder = makeFolder();
  cpSync(source, folder, { recursive: true });
  for (const kind of ['tools', 'resources', 'prompts']) mkdirSync(join(folder, kind));
  for (const flavor of flavors) {
    const code = (name: string) => codeOf(flavor, name);
    const write = (kind: string, name: string, lines: readonly string[]) => {
      const text = ['mxcp: 1', `${kind}:`, ...['description: Test.', ...lines].map(line => `  ${line}`)];
      writeFileSync(join(folder, `${kind}s`, `${flavor}-${name}.yml`), `${text.join('\n')}\n`);
    };
    const key = 'parameters: [{ name: key, type: string }]';
    write('tool', 'three', [`name: ${flavor}_three`, code('three')]);
    write('tool', 'rounds', [`name: ${flavor}_rounds`, key, code('rounds')]);
    write('tool', 'linger', [`name: ${flavor}_linger`, key, code('linger')]);
    write('tool', 'touch', [`name: ${flavor}_touch`, 'parameters: [{ name: uri, type: string }]', code('touch')]);
    write('prompt', 'greet', [`name: ${flavor}_greet`, code('greet')]);
    write('resource', 'greet', [`uri: test://${flavor}/greet`, code('greet')]);
  }
  return folder;
}

function codeOf(flavor: Flavor, name: string): string {
  const file = flavor === 'ts' ? '../typescript/asking.ts' : '../python/asking.py';
  return `source: { file: ${file}, function: ${name}${flavor === 'plain' ? '_plainly' : ''} }`;
}
