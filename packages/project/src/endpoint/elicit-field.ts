import type { TypeDefinition } from '@mxcp-ts/schemas';
import { isNullable, type JsonObject, type JsonValue } from '@mxcp-ts/values';
import type { ParameterDefinition } from '../definition.ts';
import { asJsonValue } from '../shape/checked.narrow.ts';

export type RenderedField =
  | { readonly ok: true; readonly schema: JsonObject }
  | {
      readonly ok: false;
      /** From the field to what is wrong. */
      readonly path: readonly (string | number)[];
      readonly message: string;
      readonly hint: string;
    };

/** A field of a question as MCP's `requestedSchema` has it: flat, with the keywords that clients can show. */
export function elicitField(field: ParameterDefinition): RenderedField {
  const foreign = findForeign(field);
  if (foreign !== undefined) return foreign;
  const { title, description } = field;
  const body = bodyOf(field);
  if (body === undefined) return typeOf(field) === 'array' ? refuseList(field) : refuse([], unaskable, formsHint);
  return {
    ok: true,
    schema: {
      ...(body.type !== undefined && { type: body.type }),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...body,
      ...(hasDefault(field) && { default: asJsonValue(field.default) }),
    },
  };
}

/** Whether the user may leave it out. */
export function isOptionalField(field: ParameterDefinition): boolean {
  return Object.hasOwn(field, 'default') || isNullable(field);
}

const unaskable = 'This type cannot be asked for.';
const formsHint = 'Ask for a string, number, integer, boolean, an enum of texts, or an array of those.';

function hasDefault(field: ParameterDefinition): boolean {
  return Object.hasOwn(field, 'default') && field.default !== null;
}

const everywhere: readonly string[] = ['name', 'type', 'title', 'description', 'default', 'nullable', 'examples'];
const byType: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'format', 'enum', 'oneOf'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  boolean: [],
  array: ['minItems', 'maxItems', 'items'],
};

function findForeign(field: ParameterDefinition): (RenderedField & { ok: false }) | undefined {
  if (field.sensitive === true) {
    const message = 'A form must not ask for anything secret: clients show and keep what is typed.';
    return refuse(['sensitive'], message, 'Send the user to a page with an elicitation by URL, from a handler.');
  }
  const type = typeOf(field);
  const known = type === undefined ? undefined : byType[type];
  if (known === undefined) return refuse(['type'], unaskable, formsHint);
  const foreign = Object.keys(field).find(key => ![...everywhere, ...known, 'sensitive'].includes(key));
  if (foreign !== undefined) {
    const hint = known.length === 0 ? 'Remove it.' : `Remove it; known here: ${known.join(', ')}.`;
    return refuse([foreign], `MCP clients do not know "${foreign}" in a form.`, hint);
  }
  const formats: readonly unknown[] = ['email', 'uri', 'date', 'date-time'];
  if (field.format !== undefined && !formats.includes(field.format)) {
    return refuse(['format'], `MCP clients do not know the format "${field.format}" in a form.`, formatHint);
  }
  return undefined;
}

const formatHint = 'Use email, uri, date or date-time, or leave it out.';

/** As written; an enum of texts needs no type. */
function typeOf({ type, enum: members, oneOf }: TypeDefinition): TypeDefinition['type'] {
  return type ?? (members !== undefined || oneOf !== undefined ? 'string' : undefined);
}

function bodyOf(field: ParameterDefinition): JsonObject | undefined {
  const type = typeOf(field);
  if (type === 'array') return arrayOf(field);
  if (type === 'string') return choiceOf(field, 'oneOf');
  return type === undefined ? undefined : { type, ...pick(field, byType[type] ?? []) };
}

/** A text, or one of a list of texts, with titles or without. */
function choiceOf(type: TypeDefinition, keyword: 'oneOf' | 'anyOf'): JsonObject | undefined {
  const alternatives = type.oneOf ?? type.anyOf;
  if (alternatives !== undefined) {
    const titled = alternatives.map(({ const: value, title }) =>
      typeof value === 'string' ? { const: value, title: title ?? value } : undefined,
    );
    const choices = titled.filter(choice => choice !== undefined);
    if (choices.length < titled.length) return undefined;
    return keyword === 'oneOf' ? { type: 'string', oneOf: choices } : { anyOf: choices };
  }
  if (type.enum?.every(member => typeof member === 'string') === false) return undefined;
  return { type: 'string', ...pick(type, ['enum', 'minLength', 'maxLength', 'format']) };
}

function arrayOf(field: ParameterDefinition): JsonObject | undefined {
  const { items } = field;
  if (items === undefined || (items.enum === undefined && items.oneOf === undefined && items.anyOf === undefined)) {
    return undefined;
  }
  const choices = choiceOf(items, 'anyOf');
  return choices === undefined
    ? undefined
    : { type: 'array', ...pick(field, ['minItems', 'maxItems']), items: choices };
}

function pick(type: TypeDefinition, keywords: readonly string[]): { [keyword: string]: JsonValue } {
  const entries = Object.entries(type).filter(([keyword]) => keywords.includes(keyword));
  return Object.fromEntries(entries.map(([keyword, value]) => [keyword, asJsonValue(value)]));
}

function refuseList({ items }: ParameterDefinition): RenderedField & { ok: false } {
  const hint = 'Write what there is to choose from: `items: { type: string, enum: [a, b] }`.';
  return refuse(items === undefined ? [] : ['items'], 'A list can be asked for only when its items are an enum.', hint);
}

function refuse(path: readonly string[], message: string, hint: string): RenderedField & { ok: false } {
  return { ok: false, path, message, hint };
}
