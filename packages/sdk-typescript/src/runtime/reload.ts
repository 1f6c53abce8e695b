import { getGuestApi } from './guest-api.ts';

export interface ReloadOptions {
  /** Runs while the database is closed, so that other programs can open its file. `db` cannot be used in it. */
  readonly payload?: () => unknown;
  /** For the log. */
  readonly description?: string;
}

/**
 * Asks for a reload of the project. Resolves when it is queued, and the handler goes on: running calls end first, then the
 * shutdown hooks run, then the payload, then the project starts anew.
 */
export function reload({ payload, description = '' }: ReloadOptions = {}): Promise<void> {
  return getGuestApi('reload').reload(description, payload);
}
