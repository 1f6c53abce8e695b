import type { ReloadPayload, ReloadRequest } from '@mxcp-ts/engine';

/** The payloads that a guest has offered and that were neither run nor given up: they still need its files. */
export class OfferedPayloads {
  readonly #waiting = new Set<ReloadPayload>();
  #onEmpty: (() => void) | undefined;

  offer(request: ReloadRequest): ReloadRequest {
    const { payload } = request;
    if (payload === undefined) return request;
    this.#waiting.add(payload);
    const end = async () => {
      await payload.end();
      this.#waiting.delete(payload);
      if (this.#waiting.size === 0) this.#onEmpty?.();
    };
    return { ...request, payload: { run: () => payload.run(), end } };
  }

  /** Calls back when no payload waits any more: at once, or with the last one that ends. */
  whenNoneWaits(callback: () => void): void {
    if (this.#waiting.size === 0) callback();
    else this.#onEmpty = callback;
  }
}
