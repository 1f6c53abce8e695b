import type { SqlType } from './sql-type.ts';

export type ReadColumns = (json: string) => readonly (readonly unknown[])[];

/** Makes what reads the arguments of a SQL function, one array per parameter, from the text of the wire. */
export function columnsReader(types: readonly SqlType[], nulls: 'skip' | 'pass'): ReadColumns {
  const readers = types.map(type => (type.kind === 'float' && nulls === 'skip' ? readPresentFloat : readerOf(type)));
  const wide = new Set(types.flatMap((type, index) => (holdsBigInts(type) ? [index] : [])));
  return json => {
    const text = wide.size > 0 && /\d{16}/.test(json) ? withLongIntegersAsText(json, wide) : json;
    const columns: readonly (readonly unknown[])[] = JSON.parse(text);
    return columns.map((column, index) => {
      const read = readers[index];
      return read === undefined ? column : column.map(read);
    });
  };
}

/** Rows with NULL are not sent when they are to be skipped, so what JSON has as null is NaN or infinite. */
function readPresentFloat(value: unknown): unknown {
  return value === null ? Number.NaN : value;
}

/** Undefined where the value is used as JSON has it. */
type Reader = ((value: unknown) => unknown) | undefined;

function readerOf(type: SqlType): Reader {
  const read = nonNullReaderOf(type);
  return read === undefined ? undefined : value => (value === null ? null : read(value));
}

function nonNullReaderOf(type: SqlType): Reader {
  switch (type.kind) {
    case 'bigint':
    case 'hugeint':
      return value => (typeof value === 'number' || typeof value === 'string' ? BigInt(value) : value);
    case 'blob':
      return value => new Uint8Array(Buffer.from(String(value), 'base64'));
    case 'list':
      return listReader(readerOf(type.item));
    case 'struct':
      return structReader(type.fields.map(({ name, type }) => [name, readerOf(type)] as const));
    case 'map':
      return mapReader(readerOf(type.key), readerOf(type.value));
    case 'text':
    case 'integer':
    case 'float':
    case 'decimal':
    case 'boolean':
    case 'json':
    case 'time':
      return undefined;
  }
}

function listReader(read: Reader): Reader {
  return read === undefined ? undefined : value => (Array.isArray(value) ? value.map(item => read(item)) : value);
}

function structReader(readers: readonly (readonly [string, Reader])[]): Reader {
  if (readers.every(([, read]) => read === undefined)) return undefined;
  const byName = new Map(readers);
  return value => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const read = byName.get(name);
        return [name, read === undefined ? field : read(field)];
      }),
    );
  };
}

function mapReader(readKey: Reader, readValue: Reader): Reader {
  const same = (value: unknown) => value;
  const [key, item] = [readKey ?? same, readValue ?? same];
  return value => (Array.isArray(value) ? new Map(value.map(entry => [key(entry[0]), item(entry[1])])) : value);
}

function holdsBigInts(type: SqlType): boolean {
  switch (type.kind) {
    case 'bigint':
      return true;
    case 'list':
      return holdsBigInts(type.item);
    case 'struct':
      return type.fields.some(field => holdsBigInts(field.type));
    case 'map':
      return holdsBigInts(type.key) || holdsBigInts(type.value);
    default:
      return false;
  }
}

/** `JSON.parse` would round integers that a double cannot hold, so they become text in the columns that want bigints. */
function withLongIntegersAsText(json: string, wide: ReadonlySet<number>): string {
  let depth = 0;
  let column = -1;
  return json.replace(/"(?:[^"\\]|\\.)*"|[[\]{}]|-?\d{16,}(?![\d.eE])/g, token => {
    if (token === '[' || token === '{') {
      depth += 1;
      if (depth === 2) column += 1;
    } else if (token === ']' || token === '}') depth -= 1;
    else if (!token.startsWith('"') && wide.has(column)) return `"${token}"`;
    return token;
  });
}
