import type { ParameterDefinition, ToolDefinition } from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { isNullable, mayBeNull, type Place } from '@mxcp-ts/values';
import { comment } from './comment.ts';
import { literalType, propertyKey } from './literal.ts';

/**
 * The type of the object that a handler gets. Arguments with a default are always there.
 *
 * @param indent - of the line that the text continues
 */
export function argumentsType(parameters: readonly ParameterDefinition[], indent: string): string {
  if (parameters.length === 0) return 'Record<string, never>';
  const members = parameters.flatMap(parameter => memberOf(parameter.name, parameter, true, ofArguments, indent));
  return block(members, indent);
}

/** As `argumentsType`, for a tool with a JSON Schema of its own: what may be left out may be absent. */
export function schemaArgumentsType({ parameters, elicit, inputSchema }: ToolDefinition, indent: string): string {
  const declared = parameters.flatMap(parameter => {
    const { default: given, ...type } = parameter;
    return given === null
      ? memberOf(parameter.name, type, false, ofArguments, indent)
      : memberOf(parameter.name, parameter, true, ofArguments, indent);
  });
  const asked = (elicit?.fields ?? []).flatMap(field => memberOf(field.name, field, true, ofArguments, indent));
  const isOpen = inputSchema?.['additionalProperties'] !== false;
  return block([...declared, ...asked, ...(isOpen ? [`${indent}  ${ofArguments.furtherProperties}`] : [])], indent);
}

/** The type of what a handler may give back; `unknown` when no return type is declared. */
export function resultType(returns: TypeDefinition | undefined, indent: string): string {
  return returns === undefined ? 'unknown' : typeText(returns, 'top', ofResults, indent);
}

/** Arguments are as the reader of arguments made them; a result is as its check wants it. */
interface Direction {
  readonly admitsNull: (type: TypeDefinition, place: Place) => boolean;
  /** Defaults of properties have been filled in. */
  readonly hasDefaults: boolean;
  readonly list: (item: string) => string;
  /** What a text of such a format may be besides. */
  readonly dates: Readonly<Record<string, string>>;
  /** An object of which nothing is declared. */
  readonly anyObject: string;
  /**
   * How further properties are admitted. In a result `any`: with `unknown` a value whose type is an interface would not
   * fit, because an interface could grow properties of other types.
   */
  readonly furtherProperties: string;
}

const ofArguments: Direction = {
  admitsNull: isNullable,
  hasDefaults: true,
  list: item => `${item}[]`,
  dates: {},
  anyObject: '{ [name: string]: unknown }',
  furtherProperties: '[name: string]: unknown;',
};

const ofResults: Direction = {
  admitsNull: mayBeNull,
  hasDefaults: false,
  list: item => `readonly ${item}[]`,
  dates: { 'date-time': 'Date' },
  anyObject: 'object',
  furtherProperties: '[name: string]: any;',
};

/** The alternatives of a union; of most types just one. */
type Alternatives = readonly string[];

function typeText(type: TypeDefinition, place: Place, direction: Direction, indent: string): string {
  return alternativesOf(type, place, direction, indent).join(' | ');
}

function alternativesOf(type: TypeDefinition, place: Place, direction: Direction, indent: string): Alternatives {
  const values = valuesOf(type, direction, indent);
  return unionOf(direction.admitsNull(type, place) ? [...values, 'null'] : values);
}

function valuesOf(type: TypeDefinition, direction: Direction, indent: string): Alternatives {
  if (Object.hasOwn(type, 'const')) return [literalType(type.const)];
  if (type.enum !== undefined) return type.enum.map(literalType);
  const branches = type.oneOf ?? type.anyOf;
  if (branches === undefined) return plainOf(type, direction, indent);
  const union = unionOf(branches.flatMap(branch => alternativesOf(branch, 'branch', direction, indent)));
  if (type.properties === undefined) return union;
  return [`(${objectText(type, direction, indent)} & ${grouped(union)})`];
}

function plainOf(type: TypeDefinition, direction: Direction, indent: string): Alternatives {
  if (type.type === undefined) return ['unknown'];
  switch (type.type) {
    case 'string': {
      const date = direction.dates[type.format ?? ''];
      return date === undefined ? ['string'] : ['string', date];
    }
    case 'boolean':
      return ['boolean'];
    case 'number':
    case 'integer':
      return ['number'];
    case 'array': {
      const items = type.items === undefined ? ['unknown'] : alternativesOf(type.items, 'item', direction, indent);
      return [direction.list(grouped(items))];
    }
    case 'object':
      return [objectText(type, direction, indent)];
  }
}

function objectText(type: TypeDefinition, direction: Direction, indent: string): string {
  const isOpen = type.additionalProperties !== false;
  const properties = Object.entries(type.properties ?? {});
  if (properties.length === 0) return isOpen ? direction.anyObject : 'Record<string, never>';
  const required = new Set(type.required);
  const members = properties.flatMap(([name, property]) =>
    memberOf(name, property, required.has(name), direction, indent),
  );
  return block(isOpen ? [...members, `${indent}  ${direction.furtherProperties}`] : members, indent);
}

function memberOf(
  name: string,
  type: TypeDefinition,
  isRequired: boolean,
  direction: Direction,
  indent: string,
): readonly string[] {
  const inner = `${indent}  `;
  const isPresent = isRequired || (direction.hasDefaults && Object.hasOwn(type, 'default'));
  const values = alternativesOf(type, isRequired ? 'required' : 'optional', direction, inner);
  // A handler may leave a property undefined: it is left out then, whatever `exactOptionalPropertyTypes` says.
  const isUndefinable = !isPresent && !direction.hasDefaults;
  return [
    ...comment(type.description ?? type.title, inner),
    `${inner}${propertyKey(name)}${isPresent ? '' : '?'}: ${unionOf(isUndefinable ? [...values, 'undefined'] : values).join(' | ')};`,
  ];
}

function unionOf(alternatives: Alternatives): Alternatives {
  return alternatives.includes('unknown') ? ['unknown'] : [...new Set(alternatives)];
}

/** In parentheses where something else would bind to a part of it. */
function grouped(alternatives: Alternatives): string {
  const text = alternatives.join(' | ');
  return alternatives.length > 1 || text.startsWith('readonly ') ? `(${text})` : text;
}

function block(members: readonly string[], indent: string): string {
  return ['{', ...members, `${indent}}`].join('\n');
}
