import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../../packages/diagnostics/src/index.ts';
import { builtInEngines, findEverything, importPlugin, installation } from '../../../packages/mxcp/src/index.ts';
import { loadProject } from '../../../packages/project/src/index.ts';

export type Files = Readonly<Record<string, string>>;

/** The path of a user config, as examples name it in their comment. */
export const userConfigPath = '~/.mxcp/config.yml';

const minimalSite = 'mxcp: 1\nproject: shop\nprofile: default\n';

/** Everything `validate` finds in a project of these files; a site file is added when there is none. `env` is the whole environment. */
export async function checkFiles(files: Files, env: Files = {}): Promise<readonly Diagnostic[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-ts-docs-')));
  try {
    const root = join(folder, 'project');
    const home = join(folder, 'home');
    const all = { 'mxcp-site.yml': minimalSite, ...files };
    for (const [path, text] of Object.entries(all)) {
      const file = path.startsWith('~/') ? join(home, path.slice(2)) : join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const packsFolder = fileURLToPath(installation.packs);
    const loaded = await loadProject({ root, packsFolder, importPlugin, env, home });
    return await findEverything(loaded, builtInEngines());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `tools/a.yml: plan/sql-syntax There is ...`, for comparing and reading. */
export function describeFinding({ code, message, span }: Diagnostic): string {
  return `${span?.source.path ?? 'the project'}: ${code} ${message}`;
}
