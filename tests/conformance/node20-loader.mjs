// Lets the conformance suite start under Node 20: its bundle imports `globSync` from `fs`, which came with Node 22, for a
// command that is not used here. `node --import ./node20-loader.mjs <the suite>`.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Node loads this file a second time, in the thread that runs the hooks.
if (isMainThread) register(import.meta.url);

const fsWithGlob = `data:text/javascript,${encodeURIComponent(`
  export * from 'node:fs';
  export { default } from 'node:fs';
  export function globSync() { throw new Error('fs.globSync needs Node 22.'); }
`)}`;

export async function resolve(specifier, context, next) {
  const isOfSuite = context.parentURL?.includes('/@modelcontextprotocol/conformance/') ?? false;
  if (specifier === 'fs' && isOfSuite) return { url: fsWithGlob, format: 'module', shortCircuit: true };
  return next(specifier, context);
}
