import { expect, test } from 'vitest';
import { type PageReader, paginate } from '../../src/catalog/page.ts';

function walk(read: PageReader<string>): (readonly string[])[] {
  const pages: (readonly string[])[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = read(cursor);
    pages.push(page.items);
    cursor = page.nextCursor;
  }
  return pages;
}

test.each([
  [[], [[]]],
  [['a', 'b'], [['a', 'b']]],
  [
    ['a', 'b', 'c'],
    [['a', 'b'], ['c']],
  ],
  [
    ['a', 'b', 'c', 'd'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
])('%j by two is %j', (items, pages) => {
  expect(walk(paginate(items, 2))).toEqual(pages);
});

test('a cursor is good for a list like the one that gave it, wherever it is', () => {
  const { nextCursor } = paginate(['a', 'b', 'c'], 2)(undefined);
  expect(paginate(['a', 'b', 'c'], 2)(nextCursor)).toEqual({ items: ['c'] });
});

test('a cursor of another list is refused', () => {
  const { nextCursor } = paginate(['a', 'b', 'c'], 2)(undefined);
  for (const other of [['a', 'x', 'c'], ['a', 'b', 'c', 'd'], ['a']]) {
    const message = 'The cursor is not valid (any more). List again from the start.';
    expect(() => paginate(other, 2)(nextCursor)).toThrow(message);
  }
});
