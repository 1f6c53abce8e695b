import { expect, test } from 'vitest';
import { createSessionStore } from '../src/index.ts';

test('keeps what each session sets, apart from the others', () => {
  const store = createSessionStore();
  expect(store.set('a', 'cart', [1, { n: 2 }])).toBeUndefined();
  expect(store.set('b', 'cart', null)).toBeUndefined();
  expect(store.set('a', 'seen', true)).toBeUndefined();
  expect([store.get('a', 'cart'), store.get('a', 'seen'), store.get('b', 'cart')]).toEqual([[1, { n: 2 }], true, null]);
  expect([store.get('b', 'seen'), store.get('c', 'cart')]).toEqual([undefined, undefined]);
  expect([store.keys('a'), store.keys('b'), store.keys('c')]).toEqual([['cart', 'seen'], ['cart'], []]);
});

test('a value is replaced, and deleted without a trace', () => {
  const store = createSessionStore();
  store.set('a', 'n', 1);
  store.set('a', 'n', 2);
  expect(store.get('a', 'n')).toBe(2);
  store.delete('a', 'n');
  store.delete('a', 'n');
  store.delete('nobody', 'n');
  expect([store.get('a', 'n'), store.keys('a')]).toEqual([undefined, []]);
});

test('what was given or got can be changed without changing what is kept', () => {
  const store = createSessionStore();
  const given = { list: [1] };
  store.set('a', 'k', given);
  given.list.push(2);
  const got = store.get('a', 'k') as typeof given;
  got.list.push(3);
  expect(store.get('a', 'k')).toEqual({ list: [1] });
});

test('names that objects have by themselves are names like any other', () => {
  const store = createSessionStore();
  expect(store.get('__proto__', 'constructor')).toBeUndefined();
  store.set('__proto__', '__proto__', 'kept');
  expect([store.get('__proto__', '__proto__'), store.keys('__proto__')]).toEqual(['kept', ['__proto__']]);
});

test('a session that would hold too much keeps what it had, and others have their own room', () => {
  const store = createSessionStore({ maxChars: 11, maxTotalChars: 100 });
  // The name of the session is one character, those of the values are three, their JSON is seven.
  expect(store.set('a', 'k', 1)).toBeUndefined();
  expect(store.set('a', 'll', 'abcd')).toBeUndefined();
  expect(store.set('a', 'll', 'abcde')).toBe(
    'A session holds 11 characters of JSON at most; with "ll" it would hold 12.',
  );
  expect(store.set('a', 'm', 1)).toBe('A session holds 11 characters of JSON at most; with "m" it would hold 13.');
  expect([store.keys('a'), store.get('a', 'll')]).toEqual([['k', 'll'], 'abcd']);
  expect(store.set('b', 'll', 'abcdef')).toBeUndefined();
});

test('room that is given back can be used again', () => {
  const store = createSessionStore({ maxChars: 11, maxTotalChars: 100 });
  store.set('a', 'k', '1234567');
  expect(store.set('a', 'k', '7654321')).toBeUndefined();
  store.delete('a', 'k');
  store.delete('a', 'k');
  expect(store.set('a', 'l', '1234567')).toBeUndefined();
});

const limits = { maxChars: 16, maxTotalChars: 16 };

test('past the limit of all, the session that was used least recently is forgotten, reading included', () => {
  const store = createSessionStore(limits);
  // Eight characters each: the names of session and value, and the JSON.
  store.set('a', 'k', 'of a');
  store.set('b', 'k', 'of b');
  store.get('a', 'k');
  store.set('c', 'k', 'of c');
  expect(['a', 'b', 'c'].map(session => store.get(session, 'k'))).toEqual(['of a', undefined, 'of c']);
});

test('one session that grows takes the place of as many others as it needs', () => {
  const store = createSessionStore(limits);
  for (const session of ['a', 'b', 'c', 'd']) store.set(session, 'k', 10);
  store.set('a', 'k', 'four');
  expect(['a', 'b', 'c', 'd'].map(session => store.get(session, 'k'))).toEqual(['four', undefined, 10, 10]);
  store.set('a', 'k', '12 characters'.slice(0, 12));
  expect(['a', 'b', 'c', 'd'].map(session => store.get(session, 'k'))).toEqual([
    '12 character',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a session that was refused takes nobody its place', () => {
  const store = createSessionStore(limits);
  store.set('a', 'k', 'of a');
  store.set('b', 'k', 'of b');
  for (const session of ['c', 'd', 'e']) {
    expect(store.set(session, 'k', 'far too long for it')).toBe(
      'A session holds 16 characters of JSON at most; with "k" it would hold 23.',
    );
  }
  store.set('b', 'k', 'OF B');
  expect([store.get('a', 'k'), store.get('b', 'k')]).toEqual(['of a', 'OF B']);
});
