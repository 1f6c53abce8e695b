import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonSchema } from '../json.ts';
import { setOwn } from '../own-property.ts';
import { isBinaryMedia } from '../type/media.ts';
import { isNullable } from '../type/type-kind.ts';
import { ownKeywords } from './input-schema.ts';
import { mayBeNull } from './output-schema.ts';
import { renderType, type TypeRendering } from './render-type.ts';

const annotations: ReadonlySet<string> = new Set(['title', 'description', 'default', 'examples', '$ref']);

/** Only what decides about a value: annotations may hold `$id` and the like, which ajv would follow. */
const ofArguments: TypeRendering = {
  admitsNull: isNullable,
  keyword: (name, value) => (isConstraint(name) ? value : undefined),
  marksSensitive: true,
};

const ofResults: TypeRendering = {
  ...ofArguments,
  admitsNull: mayBeNull,
  // Clients refuse media that are not base64.
  keyword: (name, value, type) =>
    name === 'contentMediaType' ? isBinaryMedia(type) : ofArguments.keyword(name, value, type),
};

/** For findings about a type itself: what is wrong with the type does not stop the check of its default. */
const ofDefaults: TypeRendering = {
  ...ofArguments,
  keyword: (name, value, type) => {
    if (name === 'pattern' && !isRegExp(value)) return undefined;
    if (name === 'required') return withoutDefaulted(type);
    return isConstraint(name) ? value : undefined;
  },
};

/** Checks arguments by name. Absent ones are no problem here: the reader has dealt with them. */
export function argumentsCheckSchemaOf(parameters: readonly (TypeDefinition & { readonly name: string })[]) {
  const properties: { [name: string]: JsonSchema } = {};
  for (const parameter of parameters) setOwn(properties, parameter.name, renderType(parameter, ofArguments, 'top'));
  return { properties };
}

/** As `outputSchemaOf`, with every check that is ours. */
export function resultCheckSchemaOf(returns: TypeDefinition): JsonSchema {
  return renderType(returns, ofResults, 'top');
}

export function defaultCheckSchemaOf(type: TypeDefinition): JsonSchema {
  return renderType(type, ofDefaults, 'top');
}

function isConstraint(name: string): boolean {
  return !ownKeywords.has(name) && !annotations.has(name) && !name.startsWith('x-');
}

function isRegExp(pattern: unknown): boolean {
  try {
    return new RegExp(String(pattern), 'u') !== undefined;
  } catch {
    return false;
  }
}

/** Reading an argument fills these in, so a default need not hold them. */
function withoutDefaulted(type: TypeDefinition): readonly string[] {
  const { properties = {} } = type;
  return (type.required ?? []).filter(
    name => !Object.hasOwn(properties, name) || !Object.hasOwn(properties[name] ?? {}, 'default'),
  );
}
