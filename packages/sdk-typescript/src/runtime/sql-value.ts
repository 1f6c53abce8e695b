/** The value that a DuckDB type, as SQL writes it, has in a SQL function; of a type that is not known here `unknown`. */
export type SqlValue<Type extends string> = Type extends `${infer Item}[]`
  ? (SqlValue<Item> | null)[]
  : ScalarValue<Uppercase<Type>>;

type ScalarValue<Type extends string> = Type extends TextType | `DECIMAL${string}` | `NUMERIC${string}`
  ? string
  : Type extends NumberType
    ? number
    : Type extends BigIntType
      ? bigint
      : Type extends 'BOOLEAN' | 'BOOL'
        ? boolean
        : Type extends 'BLOB' | 'BYTEA'
          ? Uint8Array
          : unknown;

type TextType =
  | 'VARCHAR'
  | 'TEXT'
  | 'STRING'
  | 'UUID'
  | 'BIT'
  | 'DATE'
  | 'TIME'
  | 'TIMETZ'
  | 'DATETIME'
  | 'TIMESTAMP'
  | 'TIMESTAMPTZ'
  | `TIMESTAMP_${'S' | 'MS' | 'NS'}`
  | `TIME${'' | 'STAMP'} WITH TIME ZONE`
  | 'INTERVAL';

type NumberType =
  | 'TINYINT'
  | 'SMALLINT'
  | 'INTEGER'
  | 'INT'
  | 'UTINYINT'
  | 'USMALLINT'
  | 'UINTEGER'
  | 'FLOAT'
  | 'REAL'
  | 'DOUBLE';

type BigIntType = 'BIGINT' | 'UBIGINT' | 'HUGEINT' | 'UHUGEINT' | 'BIGNUM';
