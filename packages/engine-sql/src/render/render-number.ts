import { type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { type DeclaredNumber, renderNumberText } from '@mxcp-ts/values';
import { InexactNumber } from './inexact-number.ts';

/** How numbers of a type are written, as JSON text; undefined for types that are not numbers. */
export function numberRenderer(
  type: DuckDBType,
  declared: TypeDefinition | undefined,
  format: 'json' | 'typed',
): ((value: DuckDBValue) => string) | undefined {
  const wanted = declaredNumber(declared);
  switch (type.typeId) {
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
      return wanted === 'string' ? value => `"${value}"` : String;
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return wanted === 'string' ? doubleAsText : doubleText;
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
      return format === 'typed' ? String : exactRenderer(type, wanted);
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
    case DuckDBTypeId.DECIMAL:
      return format === 'typed' ? value => `"${value}"` : exactRenderer(type, wanted);
    default:
      return undefined;
  }
}

function declaredNumber(declared: TypeDefinition | undefined): DeclaredNumber | undefined {
  switch (declared?.type) {
    case 'string':
    case 'integer':
    case 'number':
      return declared.type;
    default:
      return undefined;
  }
}

function exactRenderer(type: DuckDBType, wanted: DeclaredNumber | undefined): (value: DuckDBValue) => string {
  return value => {
    const rendered = renderNumberText(String(value), wanted);
    if (!rendered.ok) throw new InexactNumber(type.toString());
    return typeof rendered.value === 'string' ? `"${rendered.value}"` : String(rendered.value);
  };
}

function doubleText(value: DuckDBValue): string {
  return Number.isFinite(value) ? JSON.stringify(value) : 'null';
}

function doubleAsText(value: DuckDBValue): string {
  return Number.isFinite(value) ? `"${value}"` : 'null';
}
