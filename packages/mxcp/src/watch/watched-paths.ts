import { existsSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';

const extensions: ReadonlySet<string> = new Set(
  '.yml .yaml .sql .py .ts .tsx .mts .js .mjs .cjs .json .j2 .jinja'.split(' '),
);

/** What we write ourselves while we watch. */
const generated: ReadonlySet<string> = new Set(['mxcp-types.d.ts', 'mxcp_types.py']);

/** Whether a file in the project folder can change what is served, by its name and those of the folders it is in. */
export function isOfProject(root: string, file: string): boolean {
  if (!isProjectFile(file)) return false;
  for (let folder = dirname(file); !isOutside(root, folder) && folder !== root; folder = dirname(folder)) {
    if (isForeignFolder(folder)) return false;
  }
  return true;
}

/** By its name only. What editors write beside a file begins with a dot or has another extension. */
export function isProjectFile(file: string): boolean {
  const name = basename(file);
  if (name === '.env' || name.startsWith('.env.')) return true;
  if (name.startsWith('.') || generated.has(name)) return false;
  return extensions.has(extname(name)) || extname(name) === '.env';
}

/** Folders of other programs: of version control, editors and caches, installed packages, virtual environments. */
export function isForeignFolder(folder: string): boolean {
  const name = basename(folder);
  if (name.startsWith('.') || name === 'node_modules' || name === '__pycache__' || name === 'venv') return true;
  return existsSync(join(folder, 'pyvenv.cfg'));
}

export function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith('../') || isAbsolute(way);
}
