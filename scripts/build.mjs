// Builds what users install, into cli/dist: the CLI, the embedding API, the database thread, the TypeScript guest and
// `mxcp-ts/runtime`, with the JSON Schemas, the tool packs and the Python SDK beside them.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Replaces cli/dist by a fresh build, with the declarations of `mxcp-ts/runtime`. */
export async function buildForUse() {
  const fresh = `${dist}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  await bundleInto(fresh);
  writeTypes(fresh);
  // As good as at once, so that a program that starts meanwhile finds its files.
  rmSync(`${fresh}.old`, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, `${fresh}.old`);
  renameSync(fresh, dist);
  rmSync(`${fresh}.old`, { recursive: true, force: true });
}

/** Brings cli/dist up to date for a test run; removes nothing that another one may be using. */
export function buildForTests() {
  return bundleInto(dist);
}

async function bundleInto(folder) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
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
    external: ['@duckdb/node-api', '@duckdb/node-bindings', '@modelcontextprotocol/server', 'esbuild'],
    // Bundled CommonJS packages (commander, ajv, yaml) still call require for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
  });
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licensesOf(Object.keys(metafile.inputs)));
  copy('schemas/v1', join(folder, 'schemas/v1'));
  copy('tools', join(folder, 'tools'));
  copy('packages/sdk-python/src', join(folder, 'python'));
}

/** The licences of the packages that the bundles contain, which all ask to be passed on. */
function licensesOf(inputs) {
  const folders = inputs.map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(folders.filter(folder => folder !== undefined))].map(folder => join(root, folder));
  const texts = packages.map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** The declarations that authors' editors and their `tsc` read for `mxcp-ts/runtime`. */
export function writeTypes(folder) {
  const program = ts.createProgram([join(root, entries.runtime)], {
    ...ts.convertCompilerOptionsFromJson(tsconfig().compilerOptions, root).options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(root, 'packages/sdk-typescript/src'),
    outDir: folder,
  });
  const { emitSkipped, diagnostics } = program.emit();
  if (emitSkipped || diagnostics.length > 0)
    throw new Error('The declarations of mxcp-ts/runtime could not be written.');
}

function tsconfig() {
  return ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
}

function copy(from, to) {
  cpSync(join(root, from), to, { recursive: true, filter: path => !path.includes('__pycache__') });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildForUse();
