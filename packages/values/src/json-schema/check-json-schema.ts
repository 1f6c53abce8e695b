import { Ajv2020 } from 'ajv/dist/2020.js';
import { describeErrors } from '../check/describe-errors.ts';
import { rawFormats } from '../check/raw-formats.ts';
import { isArray, isObject } from '../json.narrow.ts';
import type { JsonSchema } from '../json.ts';
import { pointerSegments } from '../json-pointer.ts';
import { findEndlessReference } from './find-endless-reference.ts';
import { findUnfitDefaults } from './find-unfit-defaults.ts';
import { everySchema, type SchemaPath } from './subschemas.ts';

/** Something wrong with a JSON Schema that a person wrote. */
export interface SchemaFinding {
  /** For what has a code of its own. */
  readonly code?: 'type/bad-default';
  /** Keys and indexes from the schema to what is wrong. */
  readonly path: SchemaPath;
  /** A sentence with a full stop. */
  readonly message: string;
  readonly hint?: string;
}

/** Everything wrong with a schema of arguments: a JSON Schema 2020-12 of type object. */
export type SchemaCheck = (schema: JsonSchema) => readonly SchemaFinding[];

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const deepest = 50;
const longest = 131_072;

/** A check of schemas, to be used for all of a project: the schema of schemas is compiled once, when it is first needed. */
export function createSchemaCheck(): SchemaCheck {
  let meta: Ajv2020 | undefined;
  return schema => {
    const outOfBounds = findBounds(schema);
    if (outOfBounds.length > 0) return outOfBounds;
    meta ??= new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false });
    const findings = [...findWrongDialect(schema), ...findInvalid(schema, meta), ...findBadPatterns(schema)];
    if (findings.length > 0) return findings;
    const uncompilable = [...findEndless(schema), ...findUncompilable(schema)].slice(0, 1);
    if (uncompilable.length > 0) return uncompilable;
    return findUnfitDefaults(schema).map(finding => ({ ...finding, code: 'type/bad-default' }));
  };
}

function findBounds(schema: JsonSchema): SchemaFinding[] {
  const tooDeep = findDeep(schema, []);
  if (tooDeep !== undefined) {
    return [{ path: tooDeep, message: `The schema is nested deeper than ${deepest} levels.`, hint: 'Use $defs.' }];
  }
  const infinite = findInfinite(schema);
  if (infinite !== undefined) return [{ path: infinite, message: 'JSON has no such number.' }];
  if (JSON.stringify(schema).length <= longest) return [];
  return [{ path: [], message: `The schema is longer than ${longest / 1024} KiB.`, hint: 'Shorten it.' }];
}

function findDeep(value: unknown, path: SchemaPath): SchemaPath | undefined {
  if (path.length > deepest) return path;
  return firstBelow(value, path, findDeep);
}

/** Where a value read from YAML holds an infinity or NaN, which JSON does not have. */
export function findInfinite(value: unknown, path: SchemaPath = []): SchemaPath | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  return firstBelow(value, path, findInfinite);
}

function firstBelow(
  value: unknown,
  path: SchemaPath,
  find: (value: unknown, path: SchemaPath) => SchemaPath | undefined,
): SchemaPath | undefined {
  const entries = isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [key, child] of entries) {
    const found = find(child, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findWrongDialect({ $schema, type }: JsonSchema): SchemaFinding[] {
  const findings: SchemaFinding[] = [];
  if ($schema !== undefined && $schema !== dialect) {
    findings.push({
      path: ['$schema'],
      message: 'The schema is written for another version of JSON Schema.',
      hint: `Write ${dialect}, or leave it out.`,
    });
  }
  if (type !== 'object') {
    const path = type === undefined ? [] : ['type'];
    findings.push({ path, message: 'Arguments are an object.', hint: 'Write `type: object`.' });
  }
  return findings;
}

function findInvalid(schema: JsonSchema, meta: Ajv2020): SchemaFinding[] {
  const validate = meta.getSchema(dialect);
  if (validate === undefined || validate(schema) === true) return [];
  const { problems } = describeErrors(validate.errors ?? []);
  const byPointer = new Map(problems.map(problem => [problem.pointer, problem]));
  return [...byPointer.values()].map(({ pointer, message }) => {
    const path = pointerSegments(pointer) ?? [];
    const name = path.at(-1);
    const subject = name === undefined ? 'The schema' : `"${name}"`;
    const hint = name === 'type' ? { hint: 'Use string, number, integer, boolean, object, array or null.' } : {};
    return { path, message: `${subject} ${message}.`, ...hint };
  });
}

function findBadPatterns(schema: JsonSchema): SchemaFinding[] {
  return [...everySchema(schema)].flatMap(({ path, schema: { pattern, patternProperties } }) => {
    const own = typeof pattern === 'string' ? [{ at: [...path, 'pattern'], text: pattern }] : [];
    const keys = isObject(patternProperties) ? Object.keys(patternProperties) : [];
    const all = [...own, ...keys.map(text => ({ at: [...path, 'patternProperties', text], text }))];
    return all
      .filter(({ text }) => !isRegExp(text))
      .map(({ at }) => ({ path: at, message: 'The pattern is not a valid regular expression.' }));
  });
}

function isRegExp(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') !== undefined;
  } catch {
    return false;
  }
}

function findEndless(schema: JsonSchema): SchemaFinding[] {
  const path = findEndlessReference(schema);
  if (path === undefined) return [];
  const hint = 'Let it refer to what a property or an item may be.';
  return [{ path, message: 'The reference leads back to itself.', hint }];
}

function findUncompilable(schema: JsonSchema): SchemaFinding[] {
  const ajv = new Ajv2020({ strict: false, meta: false, validateSchema: false, logger: false, formats: rawFormats });
  try {
    ajv.compile(schema);
    return [];
  } catch (error) {
    const missing = error instanceof Error && 'missingRef' in error ? String(error.missingRef) : undefined;
    if (missing !== undefined) return [unresolved(schema, missing)];
    const reason = error instanceof Error ? error.message : String(error);
    return [{ path: [], message: `The schema cannot be compiled: ${reason}.` }];
  }
}

function unresolved(schema: JsonSchema, missing: string): SchemaFinding {
  for (const { path, schema: part } of everySchema(schema)) {
    for (const keyword of ['$ref', '$dynamicRef']) {
      const ref = part[keyword];
      if (typeof ref !== 'string' || !missing.endsWith(ref)) continue;
      const isLocal = ref.startsWith('#');
      return {
        path: [...path, keyword],
        message: isLocal ? `There is nothing at ${ref}.` : `The schema of ${ref} is not read.`,
        hint: isLocal ? 'A pointer starts at the top of the schema: #/$defs/name.' : 'Copy it into $defs.',
      };
    }
  }
  return { path: [], message: `There is nothing at ${missing}.` };
}
