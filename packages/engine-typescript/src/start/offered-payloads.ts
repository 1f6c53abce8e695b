import type { EngineHost, ReloadPayload, ReloadRequest } from '@mxcp-ts/engine';

/** The payloads that a guest has offered and that were neither run nor given up: they still need its files. */
export class OfferedPayloads {
  readonly #waiting = new Set<ReloadPayload>();
  #onEmpty: (() => void) | undefined;

  /** Passes a request on and remembers its payload until that is ended. */
  pass(request: ReloadRequest, requestReload: NonNullable<EngineHost['requestReload']>): string | undefined {
    const { payload } = request;
    if (payload === undefined) return requestReload(request);
    const end = async () => {
      await payload.end();
      this.#forget(payload);
    };
    this.#waiting.add(payload);
    const refusal = requestReload({ ...request, payload: { run: () => payload.run(), end } });
    if (refusal !== undefined) this.#forget(payload);
    return refusal;
  }

  /** Calls back when no payload waits any more: at once, or with the last one that ends. */
  whenNoneWaits(callback: () => void): void {
    if (this.#waiting.size === 0) callback();
    else this.#onEmpty = callback;
  }

  #forget(payload: ReloadPayload): void {
    this.#waiting.delete(payload);
    if (this.#waiting.size === 0) this.#onEmpty?.();
  }
}
