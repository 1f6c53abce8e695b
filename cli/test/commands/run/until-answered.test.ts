import type { InputRequest } from '@mxcp-ts/engine';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { untilAnswered } from '../../../src/commands/run/until-answered.ts';

const roots: InputRequest = { method: 'roots/list' };
const { signal } = new AbortController();
const asking = (requests: Record<string, InputRequest>, answered: JsonObject = {}): Outcome => ({
  kind: 'input-required',
  requests,
  answered,
});
const done: Outcome = { kind: 'ok', value: 'done' };

/** What calls end as, one after the other, and the answers that each was made with. */
function callsThatEnd(...outcomes: readonly Outcome[]) {
  const made: JsonObject[] = [];
  const make = async (answers: JsonObject) => {
    made.push(answers);
    return outcomes[made.length - 1] ?? done;
  };
  return { make, made };
}

test('a call is made again with every answer so far', async () => {
  const { make, made } = callsThatEnd(asking({ a: roots }), asking({ b: roots }, { a: 1 }), done);
  const given = new Map([['a', '["file:///a"]']]);
  expect(await untilAnswered(make, { given, ask: async () => ({ roots: [] }), signal })).toEqual(done);
  expect(made).toEqual([{}, { a: { roots: [{ uri: 'file:///a' }] } }, { a: 1, b: { roots: [] } }]);
});

test('what was given is used once: asked again under its key, somebody has to answer', async () => {
  const { make, made } = callsThatEnd(asking({ a: roots }), asking({ a: roots }), done);
  const given = new Map([['a', '[]']]);
  expect(await untilAnswered(make, { given, ask: undefined, signal })).toEqual(asking({ a: roots }));
  expect(made).toEqual([{}, { a: { roots: [] } }]);
});

test('only the open questions are left when some are answered', async () => {
  const { make } = callsThatEnd(asking({ a: roots, b: roots }));
  const given = new Map([['a', '[]']]);
  expect(await untilAnswered(make, { given, ask: async () => undefined, signal })).toEqual(asking({ b: roots }));
});

test('giving up while a question is open cancels the call', async () => {
  const controller = new AbortController();
  const ask = async () => {
    controller.abort();
    return { roots: [] };
  };
  const { make } = callsThatEnd(asking({ a: roots }));
  expect(await untilAnswered(make, { given: new Map(), ask, signal: controller.signal })).toEqual({
    kind: 'cancelled',
  });
});
