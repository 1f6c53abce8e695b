import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNestedTooDeep, maxNesting } from '../src/nesting.ts';

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const mappings = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

test.each([lists, mappings])('%o: as deep as the limit is accepted, one level more is not', nest => {
  expect([nest(maxNesting), nest(maxNesting + 1)].map(isNestedTooDeep)).toEqual([false, true]);
});

test('levels beside each other do not add up', () => {
  expect(isNestedTooDeep(`[${Array.from({ length: 3_000 }, () => '[{}]').join(',')}]`)).toBe(false);
});

test.each(['[', '{', ']', '"', '\\', '\\"', '\\\\"['])('brackets inside of texts with %o count for nothing', part => {
  const text = JSON.stringify([part.repeat(2_000), { [part.repeat(1_001)]: [part] }]);
  expect(isNestedTooDeep(text)).toBe(false);
});

test('says the same as counting the levels of the value', () => {
  const document = fc.tuple(fc.json({ maxDepth: 6 }), fc.integer({ min: maxNesting - 8, max: maxNesting + 2 }));
  fc.assert(
    fc.property(document, ([inner, depth]) => {
      const text = '['.repeat(depth) + inner + ']'.repeat(depth);
      expect(isNestedTooDeep(text)).toBe(depth + levelsOf(JSON.parse(inner)) > maxNesting);
    }),
  );
});

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}
