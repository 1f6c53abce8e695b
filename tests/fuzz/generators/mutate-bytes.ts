import fc from 'fast-check';

export interface ByteMutation {
  /** Where, as a part of the whole: 0 to 1. */
  readonly at: number;
  readonly kind: 'overwrite' | 'insert' | 'delete' | 'truncate' | 'repeat';
  readonly bytes: Uint8Array;
}

/** Sequences that are no UTF-8, or that a reader of text may trip over. */
const sequences: readonly (readonly number[])[] = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xe2, 0x82],
  [0xef, 0xbb, 0xbf],
  [0x00],
  [0x0a],
  [0x0d, 0x0a],
  [0x22],
  [0x5c],
  [0x7b],
  [0x5d],
  [0x2c],
];

export const byteMutation: fc.Arbitrary<ByteMutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('overwrite', 'overwrite', 'insert', 'delete', 'truncate', 'repeat'),
  bytes: fc.oneof(
    fc.constantFrom(...sequences).map(bytes => Uint8Array.from(bytes)),
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
  ),
});

export function mutateBytes(bytes: Buffer, mutations: readonly ByteMutation[]): Buffer {
  return mutations.reduce(mutateOnce, bytes);
}

function mutateOnce(bytes: Buffer, { at, kind, bytes: other }: ByteMutation): Buffer {
  const place = Math.floor(at * bytes.length);
  const before = bytes.subarray(0, place);
  switch (kind) {
    case 'overwrite':
      return Buffer.concat([before, other, bytes.subarray(place + other.length)]);
    case 'insert':
      return Buffer.concat([before, other, bytes.subarray(place)]);
    case 'delete':
      return Buffer.concat([before, bytes.subarray(place + other.length)]);
    case 'truncate':
      return Buffer.from(before);
    case 'repeat':
      return Buffer.concat([before, bytes.subarray(place), bytes.subarray(place)]);
  }
}
