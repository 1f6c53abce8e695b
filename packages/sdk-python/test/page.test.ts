import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Message, openGuest } from './support/open-guest.ts';

const page = readFileSync(new URL('../../../docs/reference/runtime-python.md', import.meta.url), 'utf8');

/** The Python files that the page shows, by the path in their first line. */
const files = Object.fromEntries(
  [...page.matchAll(/^```python\n# (\S+\.py)\n(.*?)^```$/gms)].map(([, path = '', code = '']) => [path, code]),
);

test('the examples of the page on Python run as they are written', async () => {
  const visits: unknown[] = [];
  const guest = await openGuest({
    files,
    handlers: ['greet', 'visit', 'count_slowly', 'badge', 'introduce', 'book_table', 'normalize', 'rebuild'].map(
      endpoint => ({
        file: `python/${endpoint}.py`,
        endpoint,
      }),
    ),
    plugins: [{ name: 'geo', file: 'geo_plugin.py', config: {} }, { file: 'text_processing.py' }],
    canReload: true,
    onQuestion: (message: Message) => {
      if (message.type === 'ask') {
        return { ok: true, value: { answer: { action: 'accept', content: { guests: 4, outside: true } } } };
      }
      if (message['do'] === 'set') visits.push(message['value']);
      return { ok: true, value: message['do'] === 'get' ? { found: visits.length > 0, value: visits.at(-1) } : null };
    },
  });
  expect(guest.started).toMatchObject({ modules: [], handlers: [], plugins: [], hooks: [] });
  const user = { provider: 'github', user_id: 'u1', username: 'Ada' };
  const context = { transport: 'http', headers: { 'x-team': 'Maps' }, user, hasSession: true };
  const call = async (endpoint: string, args = {}) => (await guest.call(endpoint, args, context))['value'];
  expect(await call('greet')).toBe('Hello Ada of Maps!');
  expect((await guest.call('greet'))['value']).toBe('Hello stranger of no team!');
  expect([await call('visit'), await call('visit')]).toEqual([1, 2]);
  expect(await call('count_slowly')).toBe(3);
  expect(guest.told.map(({ type }) => type)).toEqual(['progress', 'progress', 'progress', 'notify']);
  expect(await guest.call('badge', { color: 'red' })).toMatchObject({
    value: { color: 'red' },
    content: [{ type: 'image', mimeType: 'image/svg+xml', annotations: { audience: ['user'] } }],
  });
  expect(await call('introduce', { city: 'Bern' })).toEqual([
    { role: 'user', content: 'Tell me about Bern.' },
    { role: 'user', content: { type: 'resource_link', uri: 'https://example.com/Bern', name: 'Bern' } },
  ]);
  expect(await call('book_table')).toBe('A table for 4 outside.');
  expect(await call('normalize', { text: '  A  B ' })).toBe('a b');
  expect(await guest.apply('normalize_text', [['  A  B ', null]])).toContain('"values":["a b",null]');
  expect(await guest.apply('distance_geo', [[1500, null]])).toContain('"values":["1.5 km",null]');
  expect(await call('rebuild')).toEqual({ status: 'scheduled' });
  await guest.stop();
  expect(guest.logs.at(-1)).toMatchObject({ text: 'closed' });
});
