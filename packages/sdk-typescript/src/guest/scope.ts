import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallContext } from '../runtime/context.ts';

/** What a piece of the author's code runs for; hooks and modules that load have none. */
export type Scope = CallScope | SqlFunctionScope;

export interface CallScope {
  readonly kind: 'call';
  /** On the wire. */
  readonly id: number;
  readonly signal: AbortSignal;
  /** Made when the code first asks for it. */
  readonly context: () => CallContext;
  /** Whether it has not been answered yet. */
  readonly isRunning: () => boolean;
}

export interface SqlFunctionScope {
  readonly kind: 'sql-function';
}

/** Knows, anywhere in the author's code, what it runs for. */
export class CurrentScope {
  readonly #storage = new AsyncLocalStorage<Scope>();

  run<T>(scope: Scope, work: () => T): T {
    return this.#storage.run(scope, work);
  }

  get isSqlFunction(): boolean {
    return this.#storage.getStore()?.kind === 'sql-function';
  }

  /** The call of the current code, also when it has been answered already. */
  get call(): CallScope | undefined {
    const scope = this.#storage.getStore();
    return scope?.kind === 'call' ? scope : undefined;
  }

  /** The number of the call of the current code, if it is still waited for. */
  get runningCall(): number | undefined {
    const { call } = this;
    return call?.isRunning() === true ? call.id : undefined;
  }
}
