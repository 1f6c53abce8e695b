import { readFile } from 'node:fs/promises';
import { dirname, extname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Plugin } from 'esbuild';

/** Names that a file's own first line declares, see `keepFileLocations`. */
export const locationDefines = {
  'import.meta.url': 'mxcpFileUrl',
  'import.meta.filename': 'mxcpFileName',
  'import.meta.dirname': 'mxcpFileFolder',
  __filename: 'mxcpFileName',
  __dirname: 'mxcpFileFolder',
} as const;

/**
 * Lets `import.meta.url`, `__dirname` and the like mean the author's file, not the bundle. The names are declared in the
 * file's first line, so that every line keeps its number.
 */
export function keepFileLocations(): Plugin {
  return {
    name: 'keep-file-locations',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        const text = await readFile(path, 'utf8');
        if (!/\bimport\.meta\b|\b__dirname\b|\b__filename\b/.test(text)) return undefined;
        const resolveDir = dirname(path);
        return { contents: withDeclarations(text, path, resolveDir), loader: loaderOf(path), resolveDir };
      });
    },
  };
}

function withDeclarations(text: string, path: string, folder: string): string {
  const declarations =
    `const mxcpFileUrl = ${JSON.stringify(pathToFileURL(path).href)}, ` +
    `mxcpFileName = ${JSON.stringify(path)}, mxcpFileFolder = ${JSON.stringify(folder)}; `;
  const start = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return text.slice(0, start) + declarations + text.slice(start);
}

/** esbuild's own rule for the endings it knows. */
export function loaderOf(path: string): Loader {
  switch (extname(path)) {
    case '.ts':
    case '.mts':
    case '.cts':
      return 'ts';
    case '.tsx':
      return 'tsx';
    case '.jsx':
      return 'jsx';
    default:
      return 'js';
  }
}
