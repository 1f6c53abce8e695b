import type { GuestError } from '@mxcp-ts/guest';
import type { Hook } from '../runtime/hooks.ts';
import { describeThrown } from './describe-thrown.ts';

/** The life-cycle hooks of the author's modules, in the order they were registered. */
export class HookList {
  readonly #init: Hook[] = [];
  readonly #shutdown: Hook[] = [];
  #isInitialized = false;

  add(kind: 'init' | 'shutdown', hook: Hook): void {
    if (typeof hook !== 'function') throw new TypeError('A hook must be a function.');
    if (kind === 'shutdown') this.#shutdown.push(hook);
    else if (this.#isInitialized) throw new Error('onInit must be called while the module loads.');
    else this.#init.push(hook);
  }

  /** @returns what the hooks threw; one that throws does not keep the others from running */
  async runInit(): Promise<readonly GuestError[]> {
    this.#isInitialized = true;
    return runAll(this.#init);
  }

  async runShutdown(): Promise<readonly GuestError[]> {
    return runAll([...this.#shutdown].reverse());
  }
}

async function runAll(hooks: readonly Hook[]): Promise<readonly GuestError[]> {
  const errors: GuestError[] = [];
  for (const hook of hooks) {
    try {
      await hook();
    } catch (error) {
      errors.push({ ...describeThrown(error), ...(hook.name !== '' && { hook: hook.name }) });
    }
  }
  return errors;
}
