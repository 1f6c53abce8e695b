import { loadProject, type Project } from '@mxcp-ts/project';
import { makeProject } from '../../../tests/support/make-project.ts';

export type Files = Readonly<Record<string, string>>;

/** A project of these files, which must be without findings. */
export async function load(files: Files): Promise<Project> {
  const root = makeProject(files);
  const { project, diagnostics } = await loadProject({ root, packsFolder: root, env: {}, home: root });
  if (project === undefined || diagnostics.length > 0)
    throw new Error(`The project has findings:\n${diagnostics.map(({ message }) => message).join('\n')}`);
  return project;
}

/** A tool file whose handler is a function of the file `handlers.ts` or `handlers.py`. */
export function tool(name: string, extension: 'ts' | 'py', body: string): Files {
  return {
    [`tools/${name}.yml`]: `mxcp: 1\ntool:\n  name: ${name}\n  source: { file: ../handlers.${extension} }\n${body}`,
    [`handlers.${extension}`]: '',
  };
}
