/** A DuckDB type as far as it decides how a value looks in a SQL function. */
export type SqlType =
  | { readonly kind: 'text' | 'integer' | 'bigint' | 'hugeint' | 'float' | 'decimal' | 'boolean' | 'blob' | 'json' }
  | { readonly kind: 'time'; readonly shape: TimeShape }
  | { readonly kind: 'list'; readonly item: SqlType }
  | { readonly kind: 'struct'; readonly fields: readonly SqlField[] }
  | { readonly kind: 'map'; readonly key: SqlType; readonly value: SqlType };

export interface SqlField {
  readonly name: string;
  readonly type: SqlType;
}

/** Which part of a point in time a type holds. */
export type TimeShape = 'date' | 'time' | 'timestamp' | 'timestamptz' | 'interval';

/** Reads a type as SQL writes it. What is not known here (`UNION`, `VARIANT`, a type of the project's own) passes as JSON. */
export function parseSqlType(text: string): SqlType {
  const type = text.trim();
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list !== null) return { kind: 'list', item: parseSqlType(list[1] ?? '') };
  const [, name = '', inner] = /^([^(]*?)\s*(?:\((.*)\)\s*(?:WITH(?:OUT)? TIME ZONE)?)?$/is.exec(type) ?? [];
  const known = name.toUpperCase().replace(/\s+/g, ' ');
  if (known === 'STRUCT' || known === 'ROW')
    return { kind: 'struct', fields: splitAtCommas(inner ?? '').map(parseField) };
  if (known === 'MAP') {
    const [key = '', value = ''] = splitAtCommas(inner ?? '');
    return { kind: 'map', key: parseSqlType(key), value: parseSqlType(value) };
  }
  return scalarTypes.get(known) ?? { kind: 'json' };
}

const scalarTypes: ReadonlyMap<string, SqlType> = new Map([
  ...all('text', 'VARCHAR TEXT STRING CHAR CHARACTER BPCHAR NVARCHAR UUID GUID ENUM BIT BITSTRING'),
  ...all('integer', 'TINYINT INT1 SMALLINT INT2 INT16 SHORT INTEGER INT INT4 INT32 SIGNED'),
  ...all('integer', 'UTINYINT UINT8 USMALLINT UINT16 UINTEGER UINT32'),
  ...all('bigint', 'BIGINT INT8 INT64 LONG OID UBIGINT UINT64'),
  ...all('hugeint', 'HUGEINT INT128 UHUGEINT UINT128 BIGNUM VARINT'),
  ...all('float', 'FLOAT FLOAT4 REAL DOUBLE FLOAT8'),
  ...all('decimal', 'DECIMAL DEC NUMERIC'),
  ...all('boolean', 'BOOLEAN BOOL LOGICAL'),
  ...all('blob', 'BLOB BYTEA BINARY VARBINARY GEOMETRY'),
  ...times('date', ['DATE']),
  ...times('time', ['TIME', 'TIME_NS', 'TIMETZ', 'TIME WITH TIME ZONE']),
  ...times('timestamp', ['TIMESTAMP', 'DATETIME', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_US', 'TIMESTAMP_NS']),
  ...times('timestamptz', ['TIMESTAMPTZ', 'TIMESTAMP WITH TIME ZONE']),
  ...times('interval', ['INTERVAL']),
]);

function all(
  kind: Exclude<SqlType['kind'], 'time' | 'list' | 'struct' | 'map'>,
  names: string,
): (readonly [string, SqlType])[] {
  return names.split(' ').map(name => [name, { kind }] as const);
}

function times(shape: TimeShape, names: readonly string[]): (readonly [string, SqlType])[] {
  return names.map(name => [name, { kind: 'time', shape }] as const);
}

function parseField(text: string): SqlField {
  const [, quoted, plain, type = ''] = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text) ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain ?? '', type: parseSqlType(type) };
}

/** Splits at the commas that are not in parentheses or quotes. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"]*"|'[^']*'|[(),]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
