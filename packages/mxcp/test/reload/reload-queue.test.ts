import { expect, test } from 'vitest';
import { ReloadQueue } from '../../src/reload/reload-queue.ts';

const payload = { run: async () => ({ kind: 'done' }) as const, end: async () => {} };

/** A queue whose work notes its name when it begins and ends. */
function noting() {
  const queue = new ReloadQueue<string>();
  const events: string[] = [];
  const add = (description: string, isExclusive = false) =>
    queue.add({ description, ...(isExclusive && { payload }) }, async () => {
      events.push(`begin ${description}`);
      await new Promise(resolve => setImmediate(resolve));
      events.push(`end ${description}`);
      return description;
    });
  return { queue, events, add };
}

test('runs one after the other, and nothing before whoever asked has gone on', async () => {
  const { queue, events, add } = noting();
  const results = [add('a', true), add('b', true)];
  expect([events, queue.isRunning]).toEqual([[], true]);
  expect(await Promise.all(results)).toEqual(['a', 'b']);
  await queue.whenEmpty();
  expect([events, queue.isRunning]).toEqual([['begin a', 'end a', 'begin b', 'end b'], false]);
});

test('ordinary reloads that would follow each other are one; a payload between them keeps them apart', async () => {
  const { events, add } = noting();
  const results = [add('a'), add('b'), add('c', true), add('d'), add('e'), add('f', true), add('g', true)];
  expect(await Promise.all(results)).toEqual(['a', 'a', 'c', 'd', 'd', 'f', 'g']);
  expect(events.filter(event => event.startsWith('begin'))).toEqual(
    ['a', 'c', 'd', 'f', 'g'].map(name => `begin ${name}`),
  );
});

test('an ordinary reload that runs is not the one that is asked for meanwhile: it may have read the files before', async () => {
  const { queue } = noting();
  let again: Promise<string> | undefined;
  const first = queue.add({ description: 'first' }, async () => {
    again = queue.add({ description: 'second' }, async () => 'second');
    return 'first';
  });
  expect([await first, await again]).toEqual(['first', 'second']);
});

test('what is cleared never runs, and what is added afterwards does', async () => {
  const { queue, events, add } = noting();
  void add('a', true);
  void add('b');
  expect(queue.clear().map(({ description }) => description)).toEqual(['a', 'b']);
  expect(await add('c')).toBe('c');
  expect(events).toEqual(['begin c', 'end c']);
});
