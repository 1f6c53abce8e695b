import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { findProjectRoot, type LoadedProject, loadProject } from '@mxcp-ts/project';
import { importPlugin } from './import-plugin.ts';
import { packsFolder } from './installation.ts';

export interface FolderOptions {
  /** The project folder, or any folder below it. */
  readonly folder: string;
  /** Where relative paths of the environment start; the working directory by default. */
  readonly cwd?: string | undefined;
  readonly profile?: string | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly sqlTools?: boolean | undefined;
}

/**
 * Reads the project that `folder` belongs to, with this process's environment.
 *
 * @throws MxcpError `no-project` when no `mxcp-site.yml` is there or above
 */
export async function loadFolder(options: FolderOptions): Promise<LoadedProject> {
  return await loadProject({
    root: getProjectRoot(options.folder),
    packsFolder,
    importPlugin,
    cwd: options.cwd ?? process.cwd(),
    env: process.env,
    home: homedir(),
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(options.isReadOnly !== undefined && { isReadOnly: options.isReadOnly }),
    ...(options.sqlTools !== undefined && { sqlTools: options.sqlTools }),
  });
}

function getProjectRoot(folder: string): string {
  const root = findProjectRoot(folder);
  if (root !== undefined) return realpathSync(root);
  throw new MxcpError('no-project', `There is no mxcp-site.yml in ${folder} or in any folder above it.`, {
    hint: 'Go to a project folder, name one with -C, or make one with `mxcp-ts init`.',
  });
}
