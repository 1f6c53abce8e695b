import { expect, test } from 'vitest';
import { urisToWatch, WatchedUris } from '../../src/changes/watched-uris.ts';
import { flightsEndpoints, openRuntime } from '../support/flights-runtime.ts';
import { legacyRequest, messageOf, modernRequest, openSession, send } from '../support/raw-http.ts';
import { serveOverHttp } from '../support/serve-over-http.ts';

test('what is watched twice is watched until it is given up twice', () => {
  const watched = new WatchedUris(10);
  watched.add(['a:1', 'a:2']);
  watched.add(['a:1']);
  watched.remove(['a:1', 'a:2']);
  expect([watched.has('a:1'), watched.has('a:2')]).toEqual([true, false]);
  watched.remove(['a:1']);
  expect(watched.has('a:1')).toBe(false);
});

test('takes no more than it may, and nothing that is too long; all of a request or none', () => {
  const watched = new WatchedUris(2);
  expect(watched.add(['a:1', 'a:2'])).toBe(true);
  expect(watched.add(['a:1'])).toBe(true);
  expect(watched.add(['a:2', 'a:3'])).toBe(false);
  watched.remove(['a:2']);
  expect(watched.has('a:2')).toBe(false);
  expect(watched.add([`a:${'x'.repeat(2_048)}`])).toBe(false);
});

test('only a request for a subscription names what is to be watched', () => {
  const listen = (notifications: unknown) => ({ method: 'subscriptions/listen', params: { notifications } });
  expect(urisToWatch(listen({ resourceSubscriptions: ['a:1', 7] }))).toEqual(['a:1']);
  for (const other of [listen(null), listen({}), { method: 'tools/list', params: {} }, null, 'x', [1]])
    expect(urisToWatch(other)).toEqual([]);
});

test('a client that watches too much is told so', async () => {
  const served = await serveOverHttp(await openRuntime(flightsEndpoints()));
  const many = Array.from({ length: 257 }, (_, number) => `flights://airports/${number}`);
  const listen = modernRequest('subscriptions/listen', { notifications: { resourceSubscriptions: many } });
  expect(messageOf(await send(served.url, listen))).toMatchObject({
    id: 7,
    error: { code: -32_602, message: expect.stringContaining('too many resources (256 at most)') },
  });
  const session = await openSession(served.url);
  const subscribe = async (uri: string) =>
    messageOf(await send(served.url, legacyRequest('resources/subscribe', { uri }, session)));
  const [last = '', ...others] = many;
  for (const uri of others) expect(await subscribe(uri)).toMatchObject({ result: {} });
  expect(await subscribe(last)).toMatchObject({ error: { code: -32_602 } });
  await served.close();
});
