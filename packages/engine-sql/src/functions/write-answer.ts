import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBVector,
} from '@duckdb/node-api';
import type { JsonValue } from '@mxcp-ts/values';
import { compileDecoder, nullable } from './decode-value.ts';

export interface AnswerPlace {
  readonly output: DuckDBVector;
  readonly rowCount: number;
  /** The rows that the values are for; undefined for all. The others become NULL. */
  readonly rows: readonly number[] | undefined;
  /** A function without arguments may give one value for the whole chunk. */
  readonly hasArguments: boolean;
}

/** Writes the JSON array that a function answered; throws a sentence when it does not fit. */
export type WriteAnswer = (json: string, place: AnswerPlace) => void;

export function answerWriter(type: DuckDBType): WriteAnswer {
  const decode = nullable(compileDecoder(type));
  const hasBigIntegers = holdsBigIntegers(type);
  return (json, place) => {
    const values = valuesOf(json, hasBigIntegers, place);
    const { output, rowCount, rows } = place;
    let next = 0;
    for (let row = 0; row < rowCount; row += 1) {
      if (rows !== undefined && rows[next] !== row) {
        output.setItem(row, null);
        continue;
      }
      const value = values.length === rowCount || rows !== undefined ? values[next] : values[0];
      const decoded = decode(value);
      if (decoded === undefined) {
        throw new Error(`The function gave ${kindOf(value)}, which does not fit its declared type ${nameOf(type)}.`);
      }
      output.setItem(row, decoded);
      next += 1;
    }
  };
}

function valuesOf(json: string, hasBigIntegers: boolean, place: AnswerPlace): readonly JsonValue[] {
  const values = parse(hasBigIntegers ? withQuotedBigIntegers(json) : json);
  const wanted = place.rows?.length ?? place.rowCount;
  if (values?.length === wanted || (!place.hasArguments && values?.length === 1)) return values;
  throw new Error(`The function did not give one value for each of ${wanted} rows.`);
}

function parse(json: string): readonly JsonValue[] | undefined {
  const values: unknown = JSON.parse(json);
  return Array.isArray(values) ? values : undefined;
}

const textOrInteger = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON.parse would round what a double cannot hold. */
function withQuotedBigIntegers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  return json.replace(textOrInteger, token => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token));
}

const bigIntegers: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.DECIMAL,
]);

function holdsBigIntegers(type: DuckDBType): boolean {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) return holdsBigIntegers(type.valueType);
  if (type instanceof DuckDBStructType) return type.entryTypes.some(holdsBigIntegers);
  if (type instanceof DuckDBMapType) return holdsBigIntegers(type.keyType) || holdsBigIntegers(type.valueType);
  return bigIntegers.has(type.typeId);
}

function nameOf(type: DuckDBType): string {
  return type.alias ?? type.toString();
}

function kindOf(value: JsonValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return Number.isInteger(value) ? 'a whole number' : 'a number with a fraction';
    case 'boolean':
      return 'true or false';
    default:
      return Array.isArray(value) ? 'a list' : 'an object';
  }
}
