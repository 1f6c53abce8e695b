import { isBuiltin } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';

/**
 * Leaves installed packages to Node, by the absolute place where the project has them: the bundle lies outside the project,
 * packages may have native parts, and a package must exist once. The project's own files are bundled.
 */
export function resolvePackages(runtimeFile: URL): Plugin {
  return {
    name: 'resolve-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, args => {
        if (args.kind === 'entry-point' || args.pluginData === isOwnQuestion) return undefined;
        if (isBuiltin(args.path)) return { path: args.path, external: true };
        if (args.path === 'mxcp-ts/runtime') return resolveRuntime(args, runtimeFile);
        return resolvePackage(build, args);
      });
    },
  };
}

const isOwnQuestion = Symbol('asked by resolve-packages itself');

/** An ES module cannot be required on Node 20, so a CommonJS file gets a copy; both reach the one guest. */
function resolveRuntime({ kind }: OnResolveArgs, runtimeFile: URL): OnResolveResult {
  return isRequire(kind) ? { path: fileURLToPath(runtimeFile) } : { path: runtimeFile.href, external: true };
}

async function resolvePackage(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  const { importer, resolveDir, kind } = args;
  const found = await build.resolve(args.path, { importer, resolveDir, kind, pluginData: isOwnQuestion });
  // esbuild then reports it by itself, with the place of the import.
  if (found.errors.length > 0) return undefined;
  if (found.external || !isForNode(found.path)) return found;
  return { path: isRequire(kind) ? found.path : pathToFileURL(found.path).href, external: true };
}

/** Whether Node can load it as it is. TypeScript of a linked workspace and JSON have to be bundled. */
function isForNode(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`) && /\.(?:[cm]?js|node)$/.test(path);
}

function isRequire(kind: OnResolveArgs['kind']): boolean {
  return kind === 'require-call' || kind === 'require-resolve';
}
