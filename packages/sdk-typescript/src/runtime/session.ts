import { getGuestApi } from './guest-api.ts';

/**
 * Data that outlives the call: kept for the client's session, or for the authenticated caller. It lives in the server, so
 * it survives a reload. A caller who is anonymous and without a session has none: then each of these throws.
 */
export const session = Object.freeze({
  /** The value, or undefined when there is none. */
  get<T = unknown>(key: string): Promise<T | undefined> {
    return getGuestApi('session.get').session.get(key) as Promise<T | undefined>;
  },

  /** Keeps a JSON value, in place of an earlier one. */
  set<T = unknown>(key: string, value: T): Promise<void> {
    return getGuestApi('session.set').session.set(key, value);
  },

  delete(key: string): Promise<void> {
    return getGuestApi('session.delete').session.delete(key);
  },

  keys(): Promise<string[]> {
    return getGuestApi('session.keys').session.keys();
  },
});
