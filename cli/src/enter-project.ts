import type { Project } from '@mxcp-ts/project';

/**
 * Makes the project's folder the working directory of this process, wherever the command was given. DuckDB resolves the
 * paths of COPY TO and ATTACH against that and nothing else; all other relative paths have been resolved by now.
 */
export function enterProject({ root }: Project): void {
  process.chdir(root);
}
