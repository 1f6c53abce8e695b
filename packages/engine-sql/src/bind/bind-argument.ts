import { type DuckDBPreparedStatement, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonValue } from '@mxcp-ts/values';
import { inferType } from './infer-type.ts';
import { toDuckDBValue } from './to-duckdb-value.ts';

export interface BoundParameter {
  readonly statement: DuckDBPreparedStatement;
  /** 1-based, as DuckDB counts. */
  readonly index: number;
  /** The statement wants JSON here: lists and objects go in as their text. */
  readonly isJson: boolean;
}

/** Binds one argument by value. */
export function bindArgument(
  { statement, index, isJson }: BoundParameter,
  value: JsonValue,
  declared: TypeDefinition | undefined,
): void {
  if (value === null) statement.bindNull(index);
  else if (isJson && typeof value !== 'string') statement.bindVarchar(index, JSON.stringify(value));
  else bindTyped(statement, index, value, inferType(value, declared));
}

function bindTyped(statement: DuckDBPreparedStatement, index: number, value: JsonValue, type: DuckDBType): void {
  switch (type.typeId) {
    // The same as bindValue, without the detour over a DuckDB value object.
    case DuckDBTypeId.VARCHAR:
      statement.bindVarchar(index, String(value));
      break;
    case DuckDBTypeId.INTEGER:
      statement.bindInteger(index, Number(value));
      break;
    case DuckDBTypeId.DOUBLE:
      statement.bindDouble(index, Number(value));
      break;
    default:
      statement.bindValue(index, toDuckDBValue(value, type), type);
  }
}
