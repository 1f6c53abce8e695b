import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
let root: string;

/** A project with the declarations that users install, and what `mxcp-ts types` writes for its tool and its resource. */
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-typed-')));
  const installed = join(root, 'node_modules/mxcp-ts');
  const { writeTypes } = (await import(`${repository}scripts/build.mjs` as string)) as {
    writeTypes: (folder: string) => void;
  };
  writeTypes(join(installed, 'dist'));
  write('node_modules/mxcp-ts/package.json', readFileSync(join(repository, 'cli/package.json'), 'utf8'));
  write(
    'mxcp-ts.d.ts',
    `import 'mxcp-ts/runtime';
    declare module 'mxcp-ts/runtime' {
      interface Tools { route: { args: { from: string; to?: string }; result: { miles: number }[] } }
      interface Resources { 'flights://airports/{code}': { args: { code: string }; result: unknown } }
    }`,
  );
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2023',
        lib: ['es2023', 'dom'],
        types: [],
      },
      include: ['*.ts'],
    }),
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a handler is checked against what its YAML declares, by the compiler of its author', async () => {
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

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What the real compiler prints about the project. */
async function compile(): Promise<string> {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', root, '--pretty', 'false'], { cwd: root });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout.trim();
}
