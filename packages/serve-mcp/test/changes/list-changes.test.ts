import { expect, test } from 'vitest';
import { createCatalogs } from '../../src/catalog/catalog.ts';
import { findListChanges } from '../../src/changes/list-changes.ts';
import { flightsEndpoints, ok, openRuntime, resource, type TestEndpoint, tool } from '../support/flights-runtime.ts';

async function changesTo(next: readonly TestEndpoint[]) {
  const catalogs = createCatalogs(10);
  const before = await openRuntime(flightsEndpoints());
  const after = await openRuntime(next);
  return findListChanges(catalogs(before.plan), catalogs(after.plan));
}

const without = (id: string) => flightsEndpoints().filter(({ definition }) => definition.id !== id);

test('a reload that changes only handlers changes no list', async () => {
  const next = flightsEndpoints().map(({ definition }) => ({ definition, handler: async () => ok('other') }));
  expect(await changesTo(next)).toEqual({ tools: false, resources: false, prompts: false });
});

test.each([
  ['a tool that is gone', without('tool:greet'), { tools: true, resources: false, prompts: false }],
  [
    'a description that is new',
    [...without('tool:greet'), tool('greet', { description: 'Greets.' }, async () => ok(1))],
    { tools: true, resources: false, prompts: false },
  ],
  [
    'one more resource',
    [...flightsEndpoints(), resource('flights://runways', {}, async () => ok(1))],
    { tools: false, resources: true, prompts: false },
  ],
  [
    'a resource template that is gone',
    without('resource:flights://airports/{code}'),
    { tools: false, resources: true, prompts: false },
  ],
  ['a prompt that is gone', without('prompt:briefing'), { tools: false, resources: false, prompts: true }],
])('%s changes its list', async (_what, next, changes) => {
  expect(await changesTo(next)).toEqual(changes);
});
