import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonValue, Problem } from '../json.ts';
import { childPointer } from '../json-pointer.ts';
import { type DeclaredNumber, renderNumberText } from '../number/render-number-text.ts';
import { getOwn, setOwn } from '../own-property.ts';
import { typeNameOf } from '../type/type-kind.ts';
import type { ExactTree } from './exact-tree.ts';

/**
 * The value with every exactly known number as its declared type wants it; copies what it changes.
 * A number that its type cannot hold keeps its text and is added to `problems`.
 */
export function placeExactNumbers(
  value: JsonValue,
  exact: ExactTree,
  type: TypeDefinition | undefined,
  problems: Problem[],
  pointer = '',
): JsonValue {
  if (exact.text !== undefined) return placeNumber(exact.text, type, problems, pointer);
  if (exact.children === undefined || typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? placeInArray(value, exact.children, type, problems, pointer)
    : placeInObject(value, exact.children, type, problems, pointer);
}

function placeNumber(text: string, type: TypeDefinition | undefined, problems: Problem[], pointer: string): JsonValue {
  const rendered = renderNumberText(text, declaredNumberOf(type));
  if (rendered.ok) return rendered.value;
  problems.push({ pointer, message: 'cannot be a number without losing digits; declare it as string' });
  return text;
}

function placeInArray(
  array: readonly JsonValue[],
  children: ReadonlyMap<string, ExactTree>,
  type: TypeDefinition | undefined,
  problems: Problem[],
  pointer: string,
): JsonValue {
  const copy = [...array];
  for (const [segment, exact] of children) {
    const index = Number(segment);
    const item = copy[index];
    if (item !== undefined)
      copy[index] = placeExactNumbers(item, exact, partOf(type, undefined), problems, childPointer(pointer, segment));
  }
  return copy;
}

function placeInObject(
  object: { readonly [key: string]: JsonValue },
  children: ReadonlyMap<string, ExactTree>,
  type: TypeDefinition | undefined,
  problems: Problem[],
  pointer: string,
): JsonValue {
  const copy = { ...object };
  for (const [name, exact] of children) {
    const part = getOwn(object, name);
    if (part !== undefined)
      setOwn(copy, name, placeExactNumbers(part, exact, partOf(type, name), problems, childPointer(pointer, name)));
  }
  return copy;
}

/** What is declared for numbers here; undefined when nothing is, or the branches of a union differ. */
function declaredNumberOf(type: TypeDefinition | undefined): DeclaredNumber | undefined {
  if (type === undefined) return undefined;
  const branches = type.oneOf ?? type.anyOf;
  if (type.type === undefined && branches !== undefined) {
    const declared = new Set(branches.map(declaredNumberOf));
    return declared.size === 1 ? [...declared][0] : undefined;
  }
  const name = typeNameOf(type);
  return name === 'string' || name === 'integer' || name === 'number' ? name : undefined;
}

/** The declared type of a property, or of the items when there is no name; of a union the first that declares one. */
function partOf(type: TypeDefinition | undefined, name: string | undefined): TypeDefinition | undefined {
  if (type === undefined) return undefined;
  const own = name === undefined ? type.items : getOwn(type.properties, name);
  if (own !== undefined) return own;
  for (const branch of type.oneOf ?? type.anyOf ?? []) {
    const part = partOf(branch, name);
    if (part !== undefined) return part;
  }
  return undefined;
}
