// Writes the TypeScript types of schemas/v1 into schemas/src/generated; with --check it only says which files differ
// (exit 1). A `$ref` becomes the name of the type it points to, so that every schema gives one interface.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../schemas');
const generated = join(folder, 'src/generated');
const suffix = '.schema.json';
const schemas = new Map(
  readdirSync(join(folder, 'v1'))
    .filter(name => name.endsWith(suffix))
    .sort()
    .map(name => [name, JSON.parse(readFileSync(join(folder, 'v1', name), 'utf8'))]),
);

const files = new Map();
for (const name of schemas.keys()) files.set(`${basename(name, suffix)}.ts`, await typesOf(name));

const differing = [...files].filter(([name, text]) => readGenerated(name) !== text).map(([name]) => name);
const stale = readdirSync(generated).filter(name => !files.has(name));

if (process.argv.includes('--check')) {
  for (const name of [...differing, ...stale]) console.error(`schemas/src/generated/${name} is out of date.`);
  if (differing.length + stale.length > 0) console.error('Run `node scripts/generate-types.mjs`.');
  process.exit(differing.length + stale.length > 0 ? 1 : 0);
}
for (const name of stale) rmSync(join(generated, name));
for (const name of differing) writeFileSync(join(generated, name), files.get(name));
console.log(`${files.size} files, ${differing.length + stale.length} changed`);

async function typesOf(name) {
  const { $defs = {}, ...root } = schemas.get(name);
  const imports = new Set();
  const parts = [];
  for (const schema of [root, ...Object.values($defs)]) parts.push(await interfaceOf(name, schema, imports));
  const lines = [...imports]
    .sort()
    .map(file => `import type { ${titleOf(file)} } from './${basename(file, suffix)}.ts';`);
  const head = `// Generated from schemas/v1/${name} by scripts/generate-types.mjs. Do not edit.\n`;
  return `${head}${lines.length === 0 ? '' : `${lines.join('\n')}\n`}\n${parts.join('\n')}`;
}

async function interfaceOf(name, schema, imports) {
  const { $ref, $id, ...own } = schema;
  const plain = withoutRefs({ type: 'object', ...own }, name, imports);
  if ($ref !== undefined) plain.additionalProperties = false;
  const text = await compile(plain, schema.title, {
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  const extended =
    $ref === undefined
      ? text
      : text.replace(/interface \w+/, head => `${head} extends ${use(targetOf($ref, name), name, imports)}`);
  const prefixes = Object.keys(schema.patternProperties ?? {}).map(pattern => pattern.slice(1));
  return prefixes.reduce(
    (result, prefix) => result.replace(/\}\s*$/, `  [keyword: \`${prefix}\${string}\`]: unknown;\n}\n`),
    extended,
  );
}

/** The schema with every `$ref` replaced by the name of its type, and without what says nothing about types. */
function withoutRefs(value, name, imports) {
  if (Array.isArray(value)) return value.map(item => withoutRefs(item, name, imports));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') {
    return { description: value.description, tsType: use(targetOf(value.$ref, name), name, imports) };
  }
  const { patternProperties, anyOf, oneOf, if: condition, then, ...rest } = value;
  const entries = Object.entries(rest).map(([key, child]) => [
    key,
    key === 'properties'
      ? Object.fromEntries(Object.entries(child).map(([k, v]) => [k, withoutRefs(v, name, imports)]))
      : withoutRefs(child, name, imports),
  ]);
  return asRead(Object.fromEntries(entries));
}

/** The type of a value once it is read: references are resolved by then, and one item stands in a list. */
function asRead(schema) {
  const { pattern, type, ...rest } = schema;
  if (Object.keys(schema).every(key => ['description', 'title'].includes(key))) return { ...schema, tsType: 'unknown' };
  if (!Array.isArray(type)) return schema;
  if (type[0] === 'array') return { ...rest, type: 'array' };
  return pattern?.startsWith('\\$\\{') ? { ...rest, type: type[0] } : schema;
}

function targetOf(ref, name) {
  const [file, pointer = ''] = ref.split('#');
  return { file: file === '' ? name : file, definition: pointer.replace(/^\/\$defs\//, '') };
}

function use({ file, definition }, name, imports) {
  if (file !== name) imports.add(file);
  return titleOf(file, definition);
}

function titleOf(file, definition = '') {
  const schema = schemas.get(file);
  return definition === '' ? schema.title : schema.$defs[definition].title;
}

function readGenerated(name) {
  try {
    return readFileSync(join(generated, name), 'utf8');
  } catch {
    return undefined;
  }
}
