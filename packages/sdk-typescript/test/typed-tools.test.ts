import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(repository, 'docs/reference/runtime-typescript.md'), 'utf8');
let root: string;
/** A compiler takes seconds where others work, too. */
const timeout = 120_000;

/** A project as the page describes it: the declarations that users install, and what `mxcp-ts types` writes. */
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-typed-')));
  const installed = join(root, 'node_modules/mxcp-ts');
  const { writeTypes } = (await import(`${repository}scripts/build.mjs` as string)) as {
    writeTypes: (folder: string) => void;
  };
  writeTypes(join(installed, 'dist'));
  write('node_modules/mxcp-ts/package.json', readFileSync(join(repository, 'cli/package.json'), 'utf8'));
  write('mxcp-ts.d.ts', declarations('route: { args: { from: string; to?: string }; result: { miles: number }[] }'));
  write('tsconfig.json', /^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? '');
  mkdirSync(join(root, 'node_modules/@types'));
  symlinkSync(join(repository, 'node_modules/@types/node'), join(root, 'node_modules/@types/node'));
}, timeout);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a handler is checked against what its YAML declares, by the compiler of its author', { timeout }, async () => {
  write(
    'tools.ts',
    `import { context, db, definePlugin, type Resource, session, type Tool } from 'mxcp-ts/runtime';
    export const route: Tool<'route'> = async ({ from, to = 'JFK' }) => {
      const rows = await db.execute<{ miles: number }>('SELECT miles', { from: from.toUpperCase(), to });
      await session.set('last', context().headers.get('x-trace') ?? from);
      return rows;
    };
    export const airport: Resource<'flights://airports/{code}'> = ({ code }) => code.toUpperCase();
    export const text = definePlugin({
      functions: { shout: { parameters: ['VARCHAR'], returns: 'VARCHAR', call: value => value.toUpperCase() } },
    });`,
  );
  expect(await compile()).toBe('');
  write(
    'tools.ts',
    `import type { Resource, Tool } from 'mxcp-ts/runtime';
export const argument: Tool<'route'> = ({ form }) => [];
export const result: Tool<'route'> = () => [{ miles: 'far' }];
export const optional: Tool<'route'> = ({ to }) => [{ miles: to.length }];
export const tool: Tool<'rout'> = () => [];
export const resource: Resource<'flights://airports'> = () => 1;`,
  );
  expect(await compile()).toMatchInlineSnapshot(`
    "tools.ts(2,43): error TS2339: Property 'form' does not exist on type '{ from: string; to?: string | undefined; }'.
    tools.ts(3,47): error TS2322: Type 'string' is not assignable to type 'number'.
    tools.ts(4,62): error TS18048: 'to' is possibly 'undefined'.
    tools.ts(5,14): error TS2322: Type '() => never[]' is not assignable to type 'never'.
    tools.ts(5,25): error TS2344: Type '"rout"' does not satisfy the constraint '"route"'.
    tools.ts(6,14): error TS2322: Type '() => number' is not assignable to type 'never'.
    tools.ts(6,33): error TS2344: Type '"flights://airports"' does not satisfy the constraint '"flights://airports/{code}"'."
  `);
});

test('blocks stand beside a declared value or in place of one that is not; answers have the type of their form', {
  timeout,
}, async () => {
  const declared = declarations(
    'route: { args: {}; result: { miles: number }[] }; chart: { args: {}; result: unknown }',
  );
  write('mxcp-ts.d.ts', declared);
  write(
    'tools.ts',
    `import { type ContentBlock, content, elicit, type Resource, type Tool, UserError } from 'mxcp-ts/runtime';
const form = { type: 'object', properties: { seats: { type: 'integer' }, class: { enum: ['first', 'second'] },
  days: { type: 'array', items: { type: 'string' } } }, required: ['seats'] } as const;
export const route: Tool<'route'> = async () => {
  const answer = await elicit('form', 'How?', form);
  if (answer.action !== 'accept') throw new UserError('Then not.');
  const seats: number = answer.content.seats;
  const cabin: 'first' | 'second' | undefined = answer.content.class;
  const days: readonly string[] = answer.content.days ?? [];
  return content.result([{ miles: seats }], [content.text(\`\${cabin} \${days}\`), 'text']);
};
export const chart: Tool<'chart'> = () => content.image(new Uint8Array());
export const airport: Resource<'flights://airports/{code}'> = () => ['a', content.text('b')];
export const open = async (schema: Parameters<typeof elicit>[2]) => {
  const answer = await elicit('open', 'What?', schema);
  return answer.action === 'accept' ? answer.content['any'] : undefined;
};`,
  );
  expect(await compile()).toBe('');
  write(
    'tools.ts',
    `import { type ContentBlock, content, elicit, type Tool } from 'mxcp-ts/runtime';
export const alone: Tool<'route'> = () => content.text('a');
export const beside: Tool<'route'> = () => content.result([{ miles: 'far' }]);
export const plain: ContentBlock = { type: 'text', text: 'a' };
export const both = content.resource({ uri: 'a:b' });
export const nested = elicit('a', 'A?', { type: 'object' });`,
  );
  const findings = (await compile()).split('\n').filter(line => line.startsWith('tools.ts'));
  expect(findings).toMatchInlineSnapshot(`
    [
      "tools.ts(2,43): error TS2322: Type 'ContentBlock' is not assignable to type 'Returned<{ miles: number; }[]> | Promise<Returned<{ miles: number; }[]>>'.",
      "tools.ts(3,44): error TS2322: Type 'ContentResult<{ miles: string; }[]>' is not assignable to type 'Returned<{ miles: number; }[]> | Promise<Returned<{ miles: number; }[]>>'.",
      "tools.ts(4,14): error TS2322: Type '{ type: "text"; text: string; }' is not assignable to type 'ContentBlock'.",
      "tools.ts(5,38): error TS2345: Argument of type '{ uri: string; }' is not assignable to parameter of type 'ResourceContent'.",
      "tools.ts(6,41): error TS2345: Argument of type '{ type: string; }' is not assignable to parameter of type 'ElicitSchema'.",
    ]
  `);
});

test('every example of the reference page compiles', { timeout }, async () => {
  const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);
  expect(examples.length).toBeGreaterThan(10);
  for (const [index, text] of examples.entries())
    write(/^\/\/ (plugins\/\S+)/.exec(text)?.[1] ?? `page/example-${index}.ts`, text);
  write('tools.ts', '');
  write('page/client.ts', 'export const connect = async (_: unknown) => ({ close: async () => {} });');
  write('mxcp-ts.d.ts', declarations('route: { args: { from: string; to: string }; result: unknown }'));
  expect(await compile()).toBe('');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What `mxcp-ts types` writes. */
function declarations(tools: string): string {
  return `import 'mxcp-ts/runtime';
    declare module 'mxcp-ts/runtime' {
      interface Tools { ${tools} }
      interface Resources { 'flights://airports/{code}': { args: { code: string }; result: unknown } }
    }`;
}

/** What the real compiler prints about the project. */
async function compile(): Promise<string> {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', root, '--pretty', 'false'], { cwd: root });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout.trim();
}
