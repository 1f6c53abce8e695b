import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bench = new URL('../', import.meta.url);

/** Bundles the programs that embed the product's packages, which are TypeScript, into `bench/dist`. */
export async function buildPrograms() {
  await build({
    absWorkingDir: fileURLToPath(bench),
    entryPoints: ['servers/in-process-echo.mjs', 'servers/invoke-sql.mjs'],
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    external: ['@duckdb/node-api', '@modelcontextprotocol/server', 'esbuild'],
    // The product finds its threads and guests beside its own bundle.
    define: { 'import.meta.url': JSON.stringify(new URL('../cli/dist/main.js', bench).href) },
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
  });
}
