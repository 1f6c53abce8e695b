import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { type ReplayLimits, SessionEvents } from '../../src/http/session-events.ts';

const notification = (progress: number): JSONRPCMessage => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken: 1, progress },
});

function open(limits: Partial<ReplayLimits> = {}) {
  const events = new SessionEvents({ maxReplayEvents: 3, maxReplayBytes: 10_000, ...limits });
  return {
    events,
    store: (streamId: string, progress: number) => events.storeEvent(streamId, notification(progress)),
    async replay(id: string) {
      const sent: [string, JSONRPCMessage][] = [];
      const stream = await events.replayEventsAfter(id, { send: async (...event) => void sent.push(event) });
      return [stream, sent];
    },
  };
}

test('sends what one stream heard after an event, with the same ids', async () => {
  const { store, replay } = open();
  const first = await store('a', 1);
  await store('b', 2);
  const third = await store('a', 3);
  expect(await replay(first)).toEqual(['a', [[third, notification(3)]]]);
  expect(await replay(third)).toEqual(['a', []]);
});

test('the event that opens a stream is not sent again', async () => {
  const { events, store, replay } = open();
  const before = await store('a', 1);
  await events.storeEvent('a', {} as JSONRPCMessage);
  expect(await replay(before)).toEqual(['a', []]);
});

test('beyond the number of events the oldest is dropped, and whoever needs it is told', async () => {
  const { events, store } = open();
  const ids = [await store('a', 1), await store('a', 2), await store('b', 3), await store('b', 4), await store('a', 5)];
  expect(ids.map(id => events.standingOf(id))).toEqual(['dropped', 'kept', 'kept', 'kept', 'kept']);
});

test('a stream that was silent since its last event has missed nothing, though the event is dropped', async () => {
  const { events, store, replay } = open();
  const last = await store('a', 1);
  for (const progress of [2, 3, 4, 5]) await store('b', progress);
  expect(events.standingOf(last)).toBe('kept');
  expect(await replay(last)).toEqual(['a', []]);
});

test('bytes are bounded too: what is too large is never kept, and costs the others nothing', async () => {
  const bytes = JSON.stringify(notification(1)).length;
  const { events, store } = open({ maxReplayBytes: 2 * bytes });
  const first = await store('a', 1);
  const second = await store('a', 2);
  await events.storeEvent('b', { jsonrpc: '2.0', method: 'x'.repeat(3 * bytes) });
  expect([first, second].map(id => events.standingOf(id))).toEqual(['kept', 'kept']);
  await store('a', 3);
  await store('a', 4);
  expect([first, second].map(id => events.standingOf(id))).toEqual(['dropped', 'kept']);
});

test.each(['', '1', '1:', ':a', '0:a', '2:a', '1:b', '-1:a', '1.5:a', 'x:a'])('"%s" is no event', async id => {
  const { events, store } = open();
  await store('a', 1);
  expect(events.standingOf(id)).toBe('unknown');
  expect(await events.getStreamIdForEventId(id)).toBeUndefined();
});
