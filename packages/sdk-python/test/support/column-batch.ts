export interface TestColumn {
  readonly name: string;
  readonly type: object;
  readonly layout: string;
  /** Null where there is no value. Numbers as they stand in the bytes; 16-byte values as one bigint; JSON as it is. */
  readonly values: readonly unknown[];
}

/** A reply with rows as the host sends it: the header, and in `data` the bytes that follow. */
export function columnReply(columns: readonly TestColumn[]): object {
  const parts = columns.flatMap(partsOf).map(padded);
  return {
    ok: true,
    count: columns[0]?.values.length ?? 0,
    columns: columns.map(({ values, ...column }) => ({ ...column, nulls: hasNullBytes({ ...column, values }) })),
    data: Buffer.concat(parts),
  };
}

function hasNullBytes({ layout, values }: TestColumn): boolean {
  return layout !== 'json' && values.includes(null);
}

function partsOf(column: TestColumn): Buffer[] {
  const nulls = hasNullBytes(column) ? [Buffer.from(column.values.map(value => (value === null ? 0 : 1)))] : [];
  return [...nulls, ...valueParts(column)];
}

function valueParts({ layout, values }: TestColumn): Buffer[] {
  if (layout === 'json') {
    const json = Buffer.from(JSON.stringify(values));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    return [length, json];
  }
  if (layout === 'text' || layout === 'blob') return textParts(values);
  return [Buffer.concat(values.map(value => fixedValue(layout, value ?? 0)))];
}

function textParts(values: readonly unknown[]): Buffer[] {
  const texts = values.map(value => (Buffer.isBuffer(value) ? value : Buffer.from(String(value ?? ''))));
  const offsets = new Uint32Array(values.length + 1);
  texts.forEach((text, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + text.length;
  });
  return [Buffer.from(offsets.buffer), Buffer.concat(texts)];
}

function fixedValue(layout: string, value: unknown): Buffer {
  if (layout === 'interval') {
    const [months, days, micros] = value === 0 ? [0, 0, 0] : (value as number[]);
    const bytes = Buffer.alloc(16);
    bytes.writeInt32LE(months ?? 0, 0);
    bytes.writeInt32LE(days ?? 0, 4);
    bytes.writeBigInt64LE(BigInt(micros ?? 0), 8);
    return bytes;
  }
  const size = layout === 'bool' ? 1 : Number(layout.slice(1));
  const bytes = Buffer.alloc(size);
  if (layout === 'f4') bytes.writeFloatLE(Number(value));
  else if (layout === 'f8') bytes.writeDoubleLE(Number(value));
  else {
    const digits = BigInt.asUintN(size * 8, BigInt(value as bigint));
    for (let at = 0; at < size; at += 1) bytes[at] = Number((digits >> BigInt(at * 8)) & 255n);
  }
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}
