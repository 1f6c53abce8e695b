import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatLine } from '@mxcp-ts/diagnostics';
import { type LoadedProject, type LoadOptions, loadProject } from '@mxcp-ts/project';
import { onTestFinished } from 'vitest';

export const plainSite = 'project: demo\nprofile: dev\n';

export interface TestFolder {
  readonly root: string;
  load(options?: Partial<LoadOptions>): Promise<LoadedProject>;
}

/** A project folder with these files, gone after the test. Paths that start with `~/` are below the home folder. */
export function projectFolder(files: Readonly<Record<string, string | Buffer>>): TestFolder {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-ts-project-')));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const [root, home, packsFolder] = [join(top, 'project'), join(top, 'home'), join(top, 'packs')];
  for (const folder of [root, home, packsFolder]) mkdirSync(folder);
  const places = [
    ['~/', home],
    ['packs:', packsFolder],
  ] as const;
  for (const [path, content] of Object.entries({ 'mxcp-site.yml': plainSite, ...files })) {
    const [prefix, folder] = places.find(([start]) => path.startsWith(start)) ?? ['', root];
    const target = join(folder, path.slice(prefix.length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return { root, load: (options = {}) => loadProject({ root, packsFolder, home, env: {}, ...options }) };
}

/** The findings of a project with these files, one a line; paths below the home folder start with `~`. */
export async function findingsOf(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<LoadOptions> = {},
): Promise<string[]> {
  const folder = projectFolder(files);
  const { diagnostics } = await folder.load(options);
  const home = join(dirname(folder.root), 'home');
  return formatLine(diagnostics).replaceAll(home, '~').split('\n').slice(0, -1);
}
