import type { ReloadPayload, ReloadRequest } from '@mxcp-ts/engine';

/** The payloads that a guest has offered, as the host knows them: ending one ends also what its guest was made of. */
export class OfferedPayloads {
  readonly #originals = new WeakMap<ReloadPayload, ReloadPayload>();
  readonly #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  offer(request: ReloadRequest): ReloadRequest {
    const { payload } = request;
    if (payload === undefined) return request;
    const offered: ReloadPayload = {
      run: () => payload.run(),
      end: async () => {
        await payload.end();
        this.#onEnd();
      },
    };
    this.#originals.set(offered, payload);
    return { ...request, payload: offered };
  }

  /** The guest's own payload; undefined for one of another guest. */
  find(offered: ReloadPayload | undefined): ReloadPayload | undefined {
    return offered && this.#originals.get(offered);
  }
}
