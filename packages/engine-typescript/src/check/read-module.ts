import type { SourcePath } from '@mxcp-ts/project';
import type { Esbuild } from '../bundle/bundler.ts';
import { loaderOf } from '../bundle/keep-file-locations.ts';
import { type ModuleExports, readExports } from './read-exports.ts';
import type { SourceFiles } from './source-files.ts';

/**
 * What a file exports, from its text alone.
 *
 * @param built - the names the bundler found, by absolute path: they include what `export *` passes on
 * @returns undefined when the file does not parse, which the bundler has reported
 */
export async function readModule(
  file: SourcePath,
  sources: SourceFiles,
  built: ReadonlyMap<string, readonly string[]>,
  esbuild: Esbuild,
): Promise<ModuleExports | undefined> {
  const source = await sources.read(file.absolute);
  if (source === undefined) return undefined;
  const code = await stripTypes(source.text, file, esbuild);
  const module = code === undefined ? undefined : readExports(code);
  const names = built.get(file.absolute);
  return module === undefined || names === undefined ? module : withNames(module, names);
}

async function stripTypes(text: string, file: SourcePath, { transform }: Esbuild): Promise<string | undefined> {
  try {
    const { code } = await transform(text, {
      loader: loaderOf(file.absolute),
      target: 'es2022',
      jsx: 'automatic',
      logLevel: 'silent',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
    });
    return code;
  } catch {
    return undefined;
  }
}

function withNames(module: ModuleExports, names: readonly string[]): ModuleExports {
  const functions = new Map(module.functions);
  for (const name of names) if (name !== 'default' && !functions.has(name)) functions.set(name, { kind: 'unknown' });
  return { ...module, functions };
}
