import type { Catalog } from '../catalog/catalog.ts';
import { isRecord } from '../is-record.ts';

/** What one client may watch, and what all of them may together: each change is held against every one. */
export const watchLimits = Object.freeze({ perClient: 256, perServer: 4_096, chars: 2_048 });

/** The URIs that clients want to hear about, each counted as often as it was asked for. */
export class WatchedUris {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  /** @param limit - how many different ones it takes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns false when there are too many, and none of them was added */
  add(uris: readonly string[]): boolean {
    const added = new Set(uris.filter(uri => !this.#counts.has(uri)));
    if (this.#counts.size + added.size > this.#limit || uris.some(uri => uri.length > watchLimits.chars)) return false;
    for (const uri of uris) this.#counts.set(uri, (this.#counts.get(uri) ?? 0) + 1);
    return true;
  }

  remove(uris: readonly string[]): void {
    for (const uri of uris) {
      const count = this.#counts.get(uri) ?? 0;
      if (count > 1) this.#counts.set(uri, count - 1);
      else this.#counts.delete(uri);
    }
  }

  has(uri: string): boolean {
    return this.#counts.has(uri);
  }

  /**
   * Those that a change concerns.
   *
   * @param uri - of a resource, or a template: then all that fit it
   */
  affectedBy(uri: string, { plan }: Catalog): readonly string[] {
    const definition = plan.endpoints.get(`resource:${uri}`)?.definition;
    const template = definition?.kind === 'resource' ? definition.template : undefined;
    if (template === undefined) return this.has(uri) ? [uri] : [];
    return [...this.#counts.keys()].filter(watched => template.match(watched) !== undefined);
  }
}

/** The URIs in a request for a subscription of the 2026 revision; empty for any other message. */
export function urisToWatch(message: unknown): readonly string[] {
  if (!isRecord(message) || message['method'] !== 'subscriptions/listen' || !isRecord(message['params'])) return [];
  const { notifications } = message['params'];
  const uris = isRecord(notifications) ? notifications['resourceSubscriptions'] : undefined;
  return Array.isArray(uris) ? uris.filter(uri => typeof uri === 'string') : [];
}
