import type { SessionStore } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';

export interface SessionLimits {
  /** What one session may hold, characters of JSON. */
  readonly maxChars: number;
  /** What all of them may hold; past this, sessions that were used least recently are forgotten. */
  readonly maxTotalChars: number;
}

const defaultLimits: SessionLimits = Object.freeze({ maxChars: 1_048_576, maxTotalChars: 67_108_864 });

/** Session data in memory: gone with the server, kept over reloads and over the death of a guest. */
export function createSessionStore(limits: SessionLimits = defaultLimits): SessionStore {
  /** In order of last use, the oldest first. */
  const sessions = new Map<string, Session>();
  let total = 0;

  function use(name: string): Session | undefined {
    const session = sessions.get(name);
    if (session === undefined) return undefined;
    sessions.delete(name);
    sessions.set(name, session);
    return session;
  }

  function make(name: string): Session {
    const session = { entries: new Map<string, string>(), chars: name.length };
    sessions.set(name, session);
    total += session.chars;
    return session;
  }

  function grow(session: Session, chars: number): void {
    session.chars += chars;
    total += chars;
  }

  function forgetOldest(): void {
    for (const [name, { chars }] of sessions) {
      if (total <= limits.maxTotalChars || sessions.size === 1) return;
      sessions.delete(name);
      total -= chars;
    }
  }

  return {
    get(name, key) {
      const text = use(name)?.entries.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
    set(name, key, value) {
      const held = use(name);
      const text = JSON.stringify(value);
      const added = sizeOf(key, text) - sizeOf(key, held?.entries.get(key));
      const size = (held?.chars ?? name.length) + added;
      if (size > limits.maxChars)
        return `A session holds ${limits.maxChars} characters of JSON at most; with "${key}" it would hold ${size}.`;
      const session = held ?? make(name);
      session.entries.set(key, text);
      grow(session, added);
      forgetOldest();
      return undefined;
    },
    delete(name, key) {
      const session = use(name);
      if (session === undefined) return;
      grow(session, -sizeOf(key, session.entries.get(key)));
      session.entries.delete(key);
    },
    clear(name) {
      const session = sessions.get(name);
      if (session === undefined) return;
      total -= session.chars;
      sessions.delete(name);
    },
    keys: name => [...(use(name)?.entries.keys() ?? [])],
  };
}

interface Session {
  /** Values as JSON text, so that nobody changes what another holds. */
  readonly entries: Map<string, string>;
  chars: number;
}

function sizeOf(key: string, text: string | undefined): number {
  return text === undefined ? 0 : key.length + text.length;
}
