import type { BatchColumn, ColumnBatch } from '@mxcp-ts/engine';

/** Values of every column of a batch, read by the description in `packages/engine` and by nothing of engine-sql. */
export function decodeBatch({ rows, columns, bytes }: ColumnBatch): Record<string, unknown[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (size: number) => {
    const start = at;
    at = Math.ceil((at + size) / 8) * 8;
    return start;
  };
  const decoded = columns.map((column): [string, unknown[]] => {
    const nulls = column.nulls ? skip(rows) : undefined;
    const values = decodeColumn(column, rows, view, skip);
    return [
      column.name,
      values.map((value, row) => (nulls === undefined || view.getUint8(nulls + row) ? value : null)),
    ];
  });
  if (at !== bytes.byteLength && at !== Math.ceil(bytes.byteLength / 8) * 8)
    throw new Error(`${bytes.byteLength - at} bytes are left.`);
  return Object.fromEntries(decoded);
}

function decodeColumn(
  { layout, type }: BatchColumn,
  rows: number,
  view: DataView,
  skip: (size: number) => number,
): unknown[] {
  const each = (size: number, read: (at: number) => unknown) => {
    const start = skip(rows * size);
    return Array.from({ length: rows }, (_, row) => read(start + row * size));
  };
  const bytesAt = (start: number, size: number) => Buffer.from(view.buffer, view.byteOffset + start, size);
  switch (layout) {
    case 'bool':
      return each(1, at => view.getUint8(at) === 1);
    case 'i1':
      return each(1, at => view.getInt8(at));
    case 'i2':
      return each(2, at => view.getInt16(at, true));
    case 'i4':
      return each(4, at => view.getInt32(at, true));
    case 'i8':
      return each(8, at => view.getBigInt64(at, true));
    case 'i16':
      return each(16, at => (view.getBigInt64(at + 8, true) << 64n) + view.getBigUint64(at, true));
    case 'u1':
    case 'u2':
    case 'u4': {
      const codes = each(Number(layout.slice(1)), at =>
        layout === 'u1' ? view.getUint8(at) : layout === 'u2' ? view.getUint16(at, true) : view.getUint32(at, true),
      );
      return 'values' in type ? codes.map(code => type.values[Number(code)]) : codes;
    }
    case 'u8':
      return each(8, at => view.getBigUint64(at, true));
    case 'f4':
      return each(4, at => view.getFloat32(at, true));
    case 'f8':
      return each(8, at => view.getFloat64(at, true));
    case 'interval':
      return each(16, at => [view.getInt32(at, true), view.getInt32(at + 4, true), view.getBigInt64(at + 8, true)]);
    case 'text':
    case 'blob': {
      const offsets = skip((rows + 1) * 4);
      const offset = (row: number) => view.getUint32(offsets + row * 4, true);
      const start = skip(offset(rows));
      return Array.from({ length: rows }, (_, row) => {
        const value = bytesAt(start + offset(row), offset(row + 1) - offset(row));
        return layout === 'text' ? value.toString() : value.toString('hex');
      });
    }
    case 'json': {
      const length = view.getUint32(skip(4), true);
      const values: unknown[] = JSON.parse(bytesAt(skip(length), length).toString());
      return values;
    }
  }
}
