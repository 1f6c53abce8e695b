import { expect, test } from 'vitest';
import { didYouMean, findNearest } from '../src/index.ts';

test.each([
  ['hello_word', ['hello_world', 'word_count'], 'hello_world'],
  ['teh', ['the'], undefined],
  ['nmae', ['name', 'type'], 'name'],
  ['Name', ['NAME', 'same'], 'NAME'],
  ['wordCuont', ['wordCount'], 'wordCount'],
  ['b', ['a'], undefined],
  ['', ['a'], undefined],
  ['x', [], undefined],
  ['completely', ['other'], undefined],
])('"%s" among %j is nearest to %s', (word, candidates, nearest) => {
  expect(findNearest(word, candidates)).toBe(nearest);
});

test('asks a question about the nearest', () => {
  expect(didYouMean('profle', ['profile'])).toBe('Did you mean "profile"?');
  expect(didYouMean('zzz', ['profile'])).toBe(undefined);
});
