import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Project } from '@mxcp-ts/project';
import { renderPythonTypes } from './python/render-python-types.ts';
import { typedEndpoints } from './typed-endpoints.ts';
import { renderTypeScriptTypes } from './typescript/render-typescript-types.ts';

export interface WriteTypesOptions {
  /** `write`: what is missing or out of date. `refresh`: what is out of date, and nothing new. `check`: nothing. */
  readonly mode: 'write' | 'refresh' | 'check';
  /**
   * The folder of both files, absolute. Left out: the project folder for TypeScript, the folder of Python modules for
   * Python.
   */
  readonly folder?: string | undefined;
}

export interface TypesFile {
  readonly language: 'typescript' | 'python';
  /** Relative to the project folder, with forward slashes; absolute outside of it. */
  readonly path: string;
  /** `outdated`: it should be written, and was not, because of the mode. */
  readonly state: 'written' | 'unchanged' | 'outdated';
}

/**
 * Writes `mxcp-types.d.ts` and `mxcp_types.py`, each only when its content changes. A file for a language without
 * handlers is not made; one that exists already is kept up to date.
 */
export function writeTypes(project: Project, { mode, folder }: WriteTypesOptions): readonly TypesFile[] {
  const files = [
    {
      language: 'typescript' as const,
      file: join(folder ?? project.root, 'mxcp-types.d.ts'),
      render: renderTypeScriptTypes,
    },
    {
      language: 'python' as const,
      file: join(folder ?? project.config.pythonFolder, 'mxcp_types.py'),
      render: renderPythonTypes,
    },
  ];
  return files
    .filter(({ language, file }) => existsSync(file) || (mode !== 'refresh' && hasHandlers(project, language)))
    .map(({ language, file, render }) => ({
      language,
      path: shownPath(project, file),
      state: bringUpToDate(file, render(project), mode),
    }));
}

function hasHandlers(project: Project, language: TypesFile['language']): boolean {
  const { tools, resources } = typedEndpoints(project, language);
  return tools.length + resources.length > 0;
}

function bringUpToDate(file: string, text: string, mode: WriteTypesOptions['mode']): TypesFile['state'] {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 'unchanged';
  if (mode === 'check') return 'outdated';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return 'written';
}

function shownPath({ root }: Project, file: string): string {
  const path = relative(root, file);
  return path.startsWith('..') ? file : path.split(sep).join('/');
}
