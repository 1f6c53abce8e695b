// Holds the direction of imports: a package imports lower layers only, names what it imports in its package.json, and
// nobody imports another package's inner files. The layers are the `mxcpLayer` numbers of the package.json files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const groups = ['packages', 'plugins'];
const folders = [
  'schemas',
  'cli',
  ...groups.flatMap(group => readdirSync(join(root, group)).map(name => `${group}/${name}`)),
];
const packages = folders
  .filter(folder => existsSync(join(root, folder, 'package.json')))
  .map(folder => ({ folder, ...JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }));
const byName = new Map(packages.map(entry => [entry.name, entry]));
const builtins = new Set([...builtinModules, ...builtinModules.map(name => `node:${name}`)]);
const problems = [];

for (const entry of packages) {
  const declared = new Set(Object.keys({ ...entry.dependencies, ...entry.devDependencies, ...entry.peerDependencies }));
  for (const file of sources(join(root, entry.folder, 'src'))) {
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) check(entry, declared, file, specifier);
  }
}

function check(entry, declared, file, specifier) {
  const where = relative(root, file);
  if (specifier.startsWith('.')) {
    const target = resolve(dirname(file), specifier);
    if (!target.startsWith(join(root, entry.folder)))
      problems.push(`${where}: imports "${specifier}" across a package wall.`);
    return;
  }
  if (builtins.has(specifier)) return;
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];
  if (!declared.has(name))
    problems.push(`${where}: imports "${name}", which ${entry.folder}/package.json does not list.`);
  const target = byName.get(name);
  if (target !== undefined && target.mxcpLayer >= entry.mxcpLayer) {
    problems.push(`${where}: layer ${entry.mxcpLayer} imports "${name}" of layer ${target.mxcpLayer}.`);
  }
  if (name.startsWith('@duckdb/') && entry.name !== '@mxcp-ts/engine-sql')
    problems.push(`${where}: only engine-sql touches DuckDB.`);
}

// DuckDBInstance.create twice on one file gives two databases, and the last to close wins: one file may name it.
const owners = packages
  .flatMap(({ folder }) => sources(join(root, folder, 'src')))
  .filter(file => readFileSync(file, 'utf8').includes('DuckDBInstance'));
if (owners.length > 1)
  problems.push(
    `DuckDBInstance is named in ${owners.length} files: ${owners.map(file => relative(root, file)).join(', ')}.`,
  );

function sources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(name => join(folder, String(name)))
    .filter(file => /\.ts$/.test(file));
}

function importsOf(text) {
  const patterns = [
    /^(?:import|export)\b[^;']*?\bfrom\s+'([^'\n]+)'/gm,
    /^import\s+'([^'\n]+)'/gm,
    /\bimport\('([^'\n]+)'\)/g,
  ];
  return patterns.flatMap(pattern => [...text.matchAll(pattern)].map(match => match[1]));
}

for (const problem of problems) console.error(problem);
console.log(`${packages.length} packages, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
