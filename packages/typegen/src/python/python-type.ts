import type { ParameterDefinition } from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { isNullable, mayBeNull, type Place } from '@mxcp-ts/values';
import { isFieldName, type NameGiver } from './names.ts';
import { pythonLiterals, quoted } from './python-literal.ts';

/** What rendering a type needs and fills: nested objects become classes of their own, in front of the one that uses them. */
export interface PythonClasses {
  readonly names: NameGiver;
  /** Blocks of lines, in the order in which Python has to read them. */
  readonly blocks: string[][];
}

export interface Field {
  readonly name: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly isRequired: boolean;
}

/** The parameters of a handler as it gets them: with their defaults, and Python's dates for the formats of dates. */
export function argumentFields(
  parameters: readonly ParameterDefinition[],
  owner: string,
  classes: PythonClasses,
): Field[] {
  return parameters.map(parameter => {
    const date = datesOfArguments[parameter.format ?? ''];
    const type =
      date === undefined
        ? typeText(parameter, 'required', { ...ofArguments, owner: owner + nested(parameter.name), classes })
        : union([date, ...(isNullable(parameter) ? ['None'] : [])]);
    return { name: parameter.name, description: parameter.description ?? parameter.title, type, isRequired: true };
  });
}

/** Adds what a handler may give back, under this name: a class for an object, an alias for everything else. */
export function addResult(name: string, returns: TypeDefinition | undefined, classes: PythonClasses): void {
  if (returns === undefined) classes.blocks.push([`${name} = Any`]);
  else if (isOneClass(returns)) {
    addTypedDict(name, returns.description, fieldsOf(returns, { ...ofResults, owner: name, classes }), classes);
  } else {
    const owner = returns.type === 'array' ? name : `${name}Value`;
    const text = typeText(returns, 'top', { ...ofResults, owner, classes });
    classes.blocks.push([`${name} = ${text}`]);
  }
}

function isOneClass(type: TypeDefinition): boolean {
  const isPlain = ['const', 'enum', 'oneOf', 'anyOf'].every(keyword => !Object.hasOwn(type, keyword));
  return isPlain && Object.keys(type.properties ?? {}).length > 0 && !mayBeNull(type, 'top');
}

/** Adds a class of these fields. Names that cannot stand in the body of a class need the other way to write it. */
export function addTypedDict(name: string, doc: string | undefined, fields: readonly Field[], to: PythonClasses): void {
  const typeOf = ({ type, isRequired }: Field) => (isRequired ? type : `NotRequired[${type}]`);
  if (!fields.every(field => isFieldName(field.name))) {
    const entries = fields.map(field => `        ${quoted(field.name)}: ${quoted(typeOf(field))},`);
    to.blocks.push([`${name} = TypedDict(`, `    ${quoted(name)},`, '    {', ...entries, '    },', ')']);
    return;
  }
  const lines = fields.flatMap(field => [...comment(field.description), `    ${field.name}: ${typeOf(field)}`]);
  const body = [...(doc === undefined ? [] : [`    ${docstring(doc)}`, '']), ...lines];
  to.blocks.push([`class ${name}(TypedDict):`, ...(lines.length === 0 ? ['    pass'] : body)]);
}

/** A text as a docstring on one line. */
export function docstring(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"""${flat}"""`;
}

interface Direction {
  readonly admitsNull: (type: TypeDefinition, place: Place) => boolean;
  readonly hasDefaults: boolean;
  readonly list: string;
  readonly anyObject: string;
  /** Texts of these formats may be Python's own dates as well. */
  readonly dates: Readonly<Record<string, string>>;
}

interface Rendering extends Direction {
  /** The name that a class for an object here gets. */
  readonly owner: string;
  readonly classes: PythonClasses;
}

const datesOfArguments: Readonly<Record<string, string>> = {
  date: '_dt.date',
  time: '_dt.time',
  'date-time': '_dt.datetime',
  timestamp: '_dt.datetime',
};

const ofArguments: Direction = {
  admitsNull: isNullable,
  hasDefaults: true,
  list: 'list',
  anyObject: 'dict[str, Any]',
  // Below the parameters themselves they stay texts.
  dates: {},
};

const ofResults: Direction = {
  admitsNull: mayBeNull,
  hasDefaults: false,
  list: 'Sequence',
  anyObject: 'Mapping[str, Any]',
  dates: { date: '_dt.date', time: '_dt.time', 'date-time': '_dt.datetime', duration: '_dt.timedelta' },
};

function typeText(type: TypeDefinition, place: Place, rendering: Rendering): string {
  return union(alternativesOf(type, place, rendering));
}

function alternativesOf(type: TypeDefinition, place: Place, rendering: Rendering): readonly string[] {
  const values = valuesOf(type, rendering);
  return rendering.admitsNull(type, place) ? [...values, 'None'] : values;
}

function valuesOf(type: TypeDefinition, rendering: Rendering): readonly string[] {
  if (Object.hasOwn(type, 'const')) return pythonLiterals([type.const]);
  if (type.enum !== undefined) return pythonLiterals(type.enum);
  const branches = type.oneOf ?? type.anyOf;
  if (branches !== undefined) return branches.flatMap(branch => alternativesOf(branch, 'branch', rendering));
  if (type.type === undefined) return ['Any'];
  switch (type.type) {
    case 'string': {
      const date = rendering.dates[type.format ?? ''];
      return date === undefined ? ['str'] : ['str', date];
    }
    case 'boolean':
      return ['bool'];
    case 'integer':
      return ['int'];
    case 'number':
      return ['float'];
    case 'array': {
      const item = { ...rendering, owner: `${rendering.owner}Item` };
      return [`${rendering.list}[${type.items === undefined ? 'Any' : typeText(type.items, 'item', item)}]`];
    }
    case 'object':
      return [objectText(type, rendering)];
  }
}

function objectText(type: TypeDefinition, rendering: Rendering): string {
  if (Object.keys(type.properties ?? {}).length === 0) return rendering.anyObject;
  const name = rendering.classes.names.give(rendering.owner);
  addTypedDict(name, type.description, fieldsOf(type, rendering), rendering.classes);
  return name;
}

function fieldsOf(type: TypeDefinition, rendering: Rendering): readonly Field[] {
  const required = new Set(type.required);
  return Object.entries(type.properties ?? {}).map(([name, property]) => {
    const isRequired = required.has(name);
    const below = { ...rendering, owner: rendering.owner + nested(name) };
    return {
      name,
      description: property.description ?? property.title,
      type: typeText(property, isRequired ? 'required' : 'optional', below),
      isRequired: isRequired || (rendering.hasDefaults && Object.hasOwn(property, 'default')),
    };
  });
}

function nested(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function union(alternatives: readonly string[]): string {
  return alternatives.includes('Any') ? 'Any' : [...new Set(alternatives)].join(' | ');
}

function comment(text: string | undefined): readonly string[] {
  const lines = (text ?? '').trim().split(/\s*\n/);
  return lines[0] === '' ? [] : lines.map(line => `    # ${line}`.trimEnd());
}
