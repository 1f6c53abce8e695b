import type { SessionStore } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';

export interface SessionLimits {
  /** What one session may hold, characters of JSON. */
  readonly maxChars: number;
  /** Past this many sessions the one that was used least recently is forgotten. */
  readonly maxSessions: number;
}

const defaultLimits: SessionLimits = Object.freeze({ maxChars: 1_048_576, maxSessions: 10_000 });

/** Session data in memory: gone with the server, kept over reloads and over the death of a guest. */
export function createSessionStore(limits: SessionLimits = defaultLimits): SessionStore {
  /** In order of last use, the oldest first; values as JSON text, so that nobody changes what another holds. */
  const sessions = new Map<string, Map<string, string>>();

  function use(session: string): Map<string, string> | undefined {
    const entries = sessions.get(session);
    if (entries === undefined) return undefined;
    sessions.delete(session);
    sessions.set(session, entries);
    return entries;
  }

  function make(session: string): Map<string, string> {
    const entries = new Map<string, string>();
    sessions.set(session, entries);
    const [oldest] = sessions.keys();
    if (sessions.size > limits.maxSessions && oldest !== undefined) sessions.delete(oldest);
    return entries;
  }

  return {
    get(session, key) {
      const text = use(session)?.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
    set(session, key, value) {
      const entries = use(session) ?? make(session);
      const text = JSON.stringify(value);
      const others = [...entries].filter(([name]) => name !== key);
      const size = others.reduce((sum, [name, held]) => sum + name.length + held.length, key.length + text.length);
      if (size > limits.maxChars)
        return `A session holds ${limits.maxChars} characters of JSON at most; with "${key}" it would hold ${size}.`;
      entries.set(key, text);
      return undefined;
    },
    delete(session, key) {
      use(session)?.delete(key);
    },
    keys: session => [...(use(session)?.keys() ?? [])],
  };
}
