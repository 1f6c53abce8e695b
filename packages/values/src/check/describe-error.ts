import { findNearest } from '@mxcp-ts/diagnostics';
import type { ErrorObject } from 'ajv';
import { isObject } from '../json.narrow.ts';
import type { Problem } from '../json.ts';
import { childPointer } from '../json-pointer.ts';
import { isNullAlternative } from '../schema/with-null.ts';
import { textFormats } from './formats.ts';

const maxListed = 50;
const nouns: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

/** One error of ajv as a place and a sentence that names the rule, never the value. */
export function describeError(error: ErrorObject): Problem {
  switch (error.keyword) {
    case 'required':
      return {
        pointer: childPointer(error.instancePath, String(error.params.missingProperty)),
        message: 'is required',
      };
    case 'dependentRequired':
      return {
        pointer: childPointer(error.instancePath, String(error.params.missingProperty)),
        message: `is required beside ${error.params.property}`,
      };
    case 'additionalProperties':
      return describeUnknownProperty(error, error.params.additionalProperty);
    case 'unevaluatedProperties':
      return describeUnknownProperty(error, error.params.unevaluatedProperty);
    default:
      return { pointer: error.instancePath, message: sentenceOf(error) };
  }
}

/** "must be an integer", "must be a string or null". */
export function mustBe(types: string | readonly string[]): string {
  const names = typeof types === 'string' ? [types] : types;
  return `must be ${names.map(name => nouns[name] ?? name).join(' or ')}`;
}

/** "is not a declared …", with the declared name that was likely meant. */
export function unknownName(noun: string, name: string, known: readonly string[]): string {
  // Comparing takes time with the square of the length, and the name is the caller's.
  const nearest = name.length <= 64 ? findNearest(name, known) : undefined;
  return `is not a declared ${noun}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}

function describeUnknownProperty({ instancePath, parentSchema }: ErrorObject, unknown: unknown): Problem {
  // The name of a property is part of the value, and this value must not be shown.
  if (parentSchema?.sensitive === true)
    return { pointer: instancePath, message: 'has a property that is not declared' };
  const name = String(unknown);
  const known = isObject(parentSchema?.properties) ? Object.keys(parentSchema.properties) : [];
  return { pointer: childPointer(instancePath, name), message: unknownName('property', name, known) };
}

function sentenceOf({ keyword, schema, params, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return mustBe(params.type);
    case 'format':
      return `must be ${formatNoun(String(params.format))}`;
    case 'enum':
      return `must be ${oneOfThese(schema)}`;
    case 'const':
      return `must be ${JSON.stringify(schema)}`;
    case 'pattern':
      return `must match the pattern ${schema}`;
    case 'minimum':
      return `must be at least ${schema}`;
    case 'maximum':
      return `must be at most ${schema}`;
    case 'exclusiveMinimum':
      return `must be greater than ${schema}`;
    case 'exclusiveMaximum':
      return `must be less than ${schema}`;
    case 'multipleOf':
      return `must be a multiple of ${parentSchema?.multipleOf}`;
    case 'minLength':
      return `must have at least ${counted(schema, 'character')}`;
    case 'maxLength':
      return `must have at most ${counted(schema, 'character')}`;
    case 'minItems':
      return `must have at least ${counted(schema, 'item')}`;
    case 'maxItems':
      return `must have at most ${counted(schema, 'item')}`;
    case 'minProperties':
      return `must have at least ${counted(schema, 'propert', 'y', 'ies')}`;
    case 'maxProperties':
      return `must have at most ${counted(schema, 'propert', 'y', 'ies')}`;
    case 'contains':
      return 'must hold an item of the kind asked for';
    case 'not':
      return 'must not be what the schema excludes';
    case 'propertyNames':
      return `has a property with a name that is not allowed`;
    case 'uniqueItems':
      return 'must not hold the same item twice';
    case 'contentMediaType':
      return 'must be base64';
    case 'anyOf':
      return isNullAlternative(schema) ? 'must be null or fit its type' : `must be ${alternatives(schema)}`;
    case 'oneOf':
      return Array.isArray(params.passingSchemas)
        ? 'must fit exactly one of the alternatives, and fits several'
        : `must be ${alternatives(schema)}`;
    default:
      return 'does not fit its type';
  }
}

function counted(count: unknown, noun: string, one = '', many = 's'): string {
  return `${count} ${noun}${count === 1 ? one : many}`;
}

function formatNoun(name: string): string {
  const own = Object.entries(textFormats).find(([known]) => known === name);
  return own === undefined ? `of the format ${name}` : own[1].noun;
}

function oneOfThese(members: unknown): string {
  if (!Array.isArray(members)) return 'another value';
  const shown = members.slice(0, maxListed).map(member => JSON.stringify(member));
  if (members.length === 1) return shown.join('');
  const more = members.length - shown.length;
  return `one of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** "one of "a", "b"" of fixed values; "an integer, a string or an array" where every branch has a type. Titles are not part of a check. */
function alternatives(branches: unknown): string {
  if (Array.isArray(branches) && branches.length > 0 && branches.every(isConst)) {
    return oneOfThese(branches.map(branch => branch.const));
  }
  const names = Array.isArray(branches) ? branches.flatMap(branch => branch?.type ?? ['']) : [];
  const distinct = [...new Set(names.map(name => nouns[name]))];
  if (distinct.includes(undefined) || distinct.length < names.length || distinct.length < 2)
    return 'one of the declared alternatives';
  return `${distinct.slice(0, -1).join(', ')} or ${distinct.at(-1)}`;
}

function isConst(branch: unknown): branch is { readonly const: unknown } {
  return isObject(branch) && Object.hasOwn(branch, 'const');
}
