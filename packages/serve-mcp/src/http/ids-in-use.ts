import type { RequestId } from '@modelcontextprotocol/server';
import { requestIdOf } from '../request-id.ts';

/**
 * The ids of the requests of one session that wait for their answers. The SDK sends an answer to the newest request of its
 * id, so an older one of the same id would wait for ever.
 */
export class IdsInUse {
  readonly #ids = new Set<RequestId>();

  /** Takes the ids of all requests in a body, or none of them and gives the first that is taken already. */
  take(body: unknown): { readonly taken: readonly RequestId[] } | { readonly inUse: RequestId } {
    const ids = (Array.isArray(body) ? body : [body]).flatMap(idOfRequest);
    const inUse = ids.find((id, at) => this.#ids.has(id) || ids.indexOf(id) < at);
    if (inUse !== undefined) return { inUse };
    for (const id of ids) this.#ids.add(id);
    return { taken: ids };
  }

  release(ids: readonly RequestId[]): void {
    for (const id of ids) this.#ids.delete(id);
  }
}

function idOfRequest(message: unknown): RequestId[] {
  const { id } = requestIdOf(message);
  // What a client answers to our requests has an id of ours.
  return id !== undefined && typeof message === 'object' && message !== null && 'method' in message ? [id] : [];
}
