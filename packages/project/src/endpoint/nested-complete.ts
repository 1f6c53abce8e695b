import type { TypeDefinition } from '@mxcp-ts/schemas';

type Path = readonly (string | number)[];

/** Where `complete` stands in a type or below it. */
export function findNestedComplete(type: TypeDefinition, path: Path = []): readonly Path[] {
  const { items, properties = {}, oneOf = [], anyOf = [] } = type;
  const own: Path[] = type.complete === undefined ? [] : [[...path, 'complete']];
  return [
    ...own,
    ...(items === undefined ? [] : findNestedComplete(items, [...path, 'items'])),
    ...Object.entries(properties).flatMap(([name, part]) => findNestedComplete(part, [...path, 'properties', name])),
    ...oneOf.flatMap((part, index) => findNestedComplete(part, [...path, 'oneOf', index])),
    ...anyOf.flatMap((part, index) => findNestedComplete(part, [...path, 'anyOf', index])),
  ];
}
