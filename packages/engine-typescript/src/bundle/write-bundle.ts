import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { SourcePath } from '@mxcp-ts/project';
import { bundleOptions } from './bundle-options.ts';
import type { Esbuild } from './bundler.ts';

/** The author's files as the guest loads them, in a folder of their own outside the project, which may be read-only. */
export interface WrittenBundle {
  /** Beside `files`. */
  readonly modules: readonly BundledModule[];
  /** Deletes the folder. */
  remove(): void;
}

export interface BundledModule {
  readonly file: SourcePath;
  /** Absolute path of the bundled file. */
  readonly bundled: string;
  /** What it exports, without `default`. A CommonJS file seems to export nothing. */
  readonly exports: readonly string[];
}

/**
 * Bundles files together, so that what they share exists once.
 *
 * @throws BuildFailure of esbuild when a file does not build
 */
export async function writeBundle(
  files: readonly SourcePath[],
  root: string,
  runtimeFile: URL,
  { build }: Esbuild,
): Promise<WrittenBundle> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mxcp-typescript-')));
  const remove = () => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  try {
    const { metafile } = await build({
      ...bundleOptions(root, runtimeFile),
      entryPoints: files.map(({ absolute }, index) => ({ in: absolute, out: `module-${index}` })),
      outdir: folder,
      splitting: true,
      sourcemap: 'linked',
      sourcesContent: false,
      // For `require` of Node's own modules and of packages in CommonJS files.
      banner: {
        js: "import { createRequire as mxcpRequire } from 'node:module'; const require = mxcpRequire(import.meta.url);",
      },
    });
    const modules = files.map((file, index) => {
      const bundled = join(folder, `module-${index}.mjs`);
      const output = metafile.outputs[relative(root, bundled).replaceAll('\\', '/')];
      return { file, bundled, exports: (output?.exports ?? []).filter(name => name !== 'default') };
    });
    return { modules, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
