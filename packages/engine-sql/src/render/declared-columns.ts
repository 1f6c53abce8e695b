import type { TypeDefinition } from '@mxcp-ts/schemas';

export interface DeclaredColumns {
  /** The declared type of a column, by its name; undefined where nothing is declared. */
  typeOf(name: string): TypeDefinition | undefined;
  /** Where a value stands in the result that is checked later, as path segments. */
  pathOf(row: number, name: string): readonly (string | number)[];
}

/** How the declared result type applies to rows: as rows, as one row, as one column, or as one value. */
export function declaredColumns(returns: TypeDefinition | undefined): DeclaredColumns {
  switch (returns?.type) {
    case 'array':
      return isScalar(returns.items)
        ? { typeOf: () => returns.items, pathOf: row => [row] }
        : { typeOf: name => property(returns.items, name), pathOf: (row, name) => [row, name] };
    case 'object':
      return { typeOf: name => property(returns, name), pathOf: (_row, name) => [name] };
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return { typeOf: () => returns, pathOf: () => [] };
    default:
      return { typeOf: () => undefined, pathOf: (row, name) => [row, name] };
  }
}

/** Whether values of the type are no objects, so that a row of one column stands for its value. */
export function isScalar(type: TypeDefinition | undefined): type is TypeDefinition {
  return type?.type !== undefined && type.type !== 'object';
}

function property(type: TypeDefinition | undefined, name: string): TypeDefinition | undefined {
  const properties = type?.properties;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
