import type { WireType } from '@mxcp-ts/engine';
import { quoteIdentifier, quoteText } from '../sql/quote-sql.ts';

const plainTypes: ReadonlySet<string> = new Set([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'BLOB',
  'JSON',
  'DATE',
  'TIME',
  'TIME_NS',
  'TIMETZ',
  'TIMESTAMP',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIMESTAMPTZ',
  'INTERVAL',
  'UUID',
  'BIT',
]);

/** The type as SQL writes it; undefined for one that a table cannot be made with from columns. */
export function wireTypeSql(type: WireType): string | undefined {
  if ('width' in type) return `DECIMAL(${Math.trunc(type.width)}, ${Math.trunc(type.scale)})`;
  if ('values' in type) return `ENUM(${type.values.map(quoteText).join(', ')})`;
  if ('item' in type) return wrapped(wireTypeSql(type.item), item => `${item}[]`);
  if ('fields' in type) {
    const fields = type.fields.map(field =>
      wrapped(wireTypeSql(field.type), sql => `${quoteIdentifier(field.name)} ${sql}`),
    );
    return fields.includes(undefined) ? undefined : `STRUCT(${fields.join(', ')})`;
  }
  if ('key' in type) {
    return wrapped(wireTypeSql(type.key), key => wrapped(wireTypeSql(type.value), value => `MAP(${key}, ${value})`));
  }
  // A column without any value has no type of its own; the driver cannot write a BIGNUM, but DuckDB converts its text.
  if (type.id === 'NULL' || type.id === 'BIGNUM') return 'VARCHAR';
  return plainTypes.has(type.id) ? type.id : undefined;
}

function wrapped(sql: string | undefined, wrap: (sql: string) => string | undefined): string | undefined {
  return sql === undefined ? undefined : wrap(sql);
}
