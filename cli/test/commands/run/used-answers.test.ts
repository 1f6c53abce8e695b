import { expect, test } from 'vitest';
import { usedAnswers } from '../../../src/commands/run/used-answers.ts';

const ok = { kind: 'ok', value: 1 } as const;

test('tells the answers that were asked for from those that were not', () => {
  expect(usedAnswers(['sure=accept', 'sur=1', 'x=1'], new Set(['sure']), ok)).toEqual({
    used: ['sure=accept'],
    unused: ['Nothing was asked under "sur". Did you mean "sure"?', 'Nothing was asked under "x".'],
  });
});

test('what is open again was no answer; after Ctrl-C nobody knows', () => {
  const open = { kind: 'input-required', requests: { a: { method: 'roots/list' } }, answered: {} } as const;
  expect(usedAnswers(['a=[]', 'b=x'], new Set(['a', 'b']), open)).toEqual({ used: ['b=x'], unused: [] });
  expect(usedAnswers(['a=[]'], new Set(), { kind: 'cancelled' })).toEqual({ used: [], unused: [] });
});
