import type { LogLevel } from '../runtime/log.ts';
import type { GuestWire } from './open-guest-wire.ts';
import type { CurrentScope } from './scope.ts';
import { toJsonValue } from './to-json-value.ts';

/** `progress` and `notify`: what a call tells its client. Without a client that waits, nothing is said. */
export class ClientMessages {
  readonly #wire: GuestWire;
  readonly #scope: CurrentScope;

  constructor(wire: GuestWire, scope: CurrentScope) {
    this.#wire = wire;
    this.#scope = scope;
  }

  progress(progress: number, total: number | undefined, message: string | undefined): void {
    if (!Number.isFinite(progress)) throw new TypeError('progress needs a number as its first argument.');
    if (total !== undefined && !Number.isFinite(total)) throw new TypeError('`total` of progress must be a number.');
    const call = this.#scope.runningCall;
    if (call === undefined) return;
    this.#wire.send({
      type: 'progress',
      call,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message: String(message) }),
    });
  }

  notify(level: LogLevel, data: unknown, logger: string | undefined): void {
    const json = toJsonValue(data, { exact: [], subject: 'The data of notify' });
    const call = this.#scope.runningCall;
    if (call === undefined) return;
    this.#wire.send({
      type: 'notify',
      call,
      level,
      data: json,
      ...(logger !== undefined && { logger: String(logger) }),
    });
  }
}
