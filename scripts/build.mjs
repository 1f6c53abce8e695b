// Builds what users install, into cli/dist: the CLI, the embedding API, the database thread, the TypeScript guest and
// `mxcp-ts/runtime`, with the JSON Schemas, the tool packs and the Python SDK beside them.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'cli/dist');

const entries = {
  main: 'cli/src/main.ts',
  'database-thread': 'packages/engine-sql/src/thread/main.ts',
  'typescript-guest': 'packages/sdk-typescript/src/guest/main.ts',
  runtime: 'packages/sdk-typescript/src/runtime.ts',
};

/** @param {{ types?: boolean }} options - `types`: from scratch, with the declarations of `mxcp-ts/runtime`: a second more */
export async function buildAll({ types = false } = {}) {
  const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file))));
  // A build for others starts clean; one for tests leaves alone what another test run may be using.
  if (types) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: present,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // Native parts and the protocol stay ordinary dependencies of the package.
    external: ['@duckdb/node-api', '@modelcontextprotocol/server', 'esbuild'],
    // Bundled CommonJS packages (commander, ajv, yaml) still call require for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
  });
  // Removed afterwards, so that a program that starts during a build finds its files.
  const built = new Set(Object.keys(metafile.outputs).map(path => basename(path)));
  for (const name of readdirSync(dist)) {
    if (/\.js(\.map)?$/.test(name) && !built.has(name)) rmSync(join(dist, name));
  }
  copy('schemas/v1', 'schemas/v1');
  copy('tools', 'tools');
  copy('packages/sdk-python/src', 'python');
  if (types) writeTypes();
}

/** The declarations that authors' editors and their `tsc` read for `mxcp-ts/runtime`. */
function writeTypes() {
  const program = ts.createProgram([join(root, entries.runtime)], {
    ...ts.convertCompilerOptionsFromJson(tsconfig().compilerOptions, root).options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(root, 'packages/sdk-typescript/src'),
    outDir: dist,
  });
  const { emitSkipped, diagnostics } = program.emit();
  if (emitSkipped || diagnostics.length > 0)
    throw new Error('The declarations of mxcp-ts/runtime could not be written.');
}

function tsconfig() {
  return ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
}

function copy(from, to) {
  cpSync(join(root, from), join(dist, to), { recursive: true, filter: path => !path.includes('__pycache__') });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll({ types: true });
