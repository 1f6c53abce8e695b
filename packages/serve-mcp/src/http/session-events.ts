import type { EventId, EventStore, JSONRPCMessage, StreamId } from '@modelcontextprotocol/server';

export interface ReplayLimits {
  readonly maxReplayEvents: number;
  readonly maxReplayBytes: number;
}

interface StoredEvent {
  readonly number: number;
  readonly streamId: StreamId;
  /** The event of the same stream before this one; 0 for the first. */
  readonly previous: number;
  readonly text: string;
  readonly bytes: number;
}

/**
 * What one session was sent last, for a client whose connection broke. The oldest goes first, so that a session that
 * hears much costs no more than one that hears little.
 */
export class SessionEvents implements EventStore {
  readonly #limits: ReplayLimits;
  readonly #events = new Map<number, StoredEvent>();
  /** The number of the last event of each stream, the stream that heard something last at the end. */
  readonly #lastOf = new Map<StreamId, number>();
  #lastNumber = 0;
  #bytes = 0;

  constructor(limits: ReplayLimits) {
    this.#limits = limits;
  }

  async storeEvent(streamId: StreamId, message: JSONRPCMessage): Promise<EventId> {
    const text = JSON.stringify(message);
    const number = ++this.#lastNumber;
    const previous = this.#lastOf.get(streamId) ?? 0;
    const bytes = Buffer.byteLength(text);
    this.#lastOf.delete(streamId);
    this.#lastOf.set(streamId, number);
    if (bytes <= this.#limits.maxReplayBytes) {
      this.#events.set(number, { number, streamId, previous, text, bytes });
      this.#bytes += bytes;
    }
    this.#dropOldest();
    return `${number}:${streamId}`;
  }

  /** Whether all that a stream was sent after an event can be sent again; `unknown` when it never was sent the event. */
  standingOf(id: EventId): 'kept' | 'dropped' | 'unknown' {
    const { number, streamId } = partsOf(id);
    if (!(number >= 1 && number <= this.#lastNumber) || streamId === '') return 'unknown';
    const stored = this.#events.get(number);
    if (stored !== undefined) return stored.streamId === streamId ? 'kept' : 'unknown';
    if (this.#lastOf.get(streamId) === number) return 'kept';
    return this.#eventsAfter(number, streamId)[0]?.previous === number ? 'kept' : 'dropped';
  }

  async getStreamIdForEventId(id: EventId): Promise<StreamId | undefined> {
    return this.standingOf(id) === 'kept' ? partsOf(id).streamId : undefined;
  }

  async replayEventsAfter(
    id: EventId,
    { send }: { readonly send: (eventId: EventId, message: JSONRPCMessage) => Promise<void> },
  ): Promise<StreamId> {
    const { number, streamId } = partsOf(id);
    for (const event of this.#eventsAfter(number, streamId)) {
      // The event that opens a stream carries nothing.
      if (event.text !== '{}') await send(`${event.number}:${streamId}`, JSON.parse(event.text));
    }
    return streamId;
  }

  #eventsAfter(number: number, streamId: StreamId): StoredEvent[] {
    return [...this.#events.values()].filter(event => event.number > number && event.streamId === streamId);
  }

  #dropOldest(): void {
    const { maxReplayEvents, maxReplayBytes } = this.#limits;
    for (const [number, { bytes }] of this.#events) {
      if (this.#events.size <= maxReplayEvents && this.#bytes <= maxReplayBytes) break;
      this.#events.delete(number);
      this.#bytes -= bytes;
    }
    for (const streamId of this.#lastOf.keys()) {
      if (this.#lastOf.size <= maxReplayEvents + 1) return;
      this.#lastOf.delete(streamId);
    }
  }
}

function partsOf(id: EventId): { readonly number: number; readonly streamId: StreamId } {
  const end = id.indexOf(':');
  return {
    number: /^\d+$/.test(id.slice(0, Math.max(end, 0))) ? Number(id.slice(0, end)) : 0,
    streamId: id.slice(end + 1),
  };
}
