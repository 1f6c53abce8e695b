import type { SqlFunction, SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { DeclaredFunction, FunctionToHost, FunctionToThread } from './function-protocol.ts';

type Asked = Extract<FunctionToHost, { type: 'apply' | 'drop' }>;

const closing: SqlFunctionAnswer = Object.freeze({ ok: false, message: 'The database is being closed.' });
const unknown: SqlFunctionAnswer = Object.freeze({ ok: false, message: 'The function is not defined any more.' });

/** The serving thread's end of functions that SQL calls: keeps their code and computes what the database thread asks for. */
export class FunctionHost {
  readonly #tell: (message: FunctionToThread) => void;
  readonly #running = new Map<number, AbortController>();
  #functions: ReadonlyMap<number, SqlFunction> = new Map();
  #lastNumber = 0;
  #isStopped = false;

  /** @param tell - posts a message and wakes the thread up */
  constructor(tell: (message: FunctionToThread) => void) {
    this.#tell = tell;
  }

  /** Adds functions, and gives what the thread has to know of them. */
  add(functions: readonly SqlFunction[]): readonly DeclaredFunction[] {
    const added = functions.map(fn => {
      this.#lastNumber += 1;
      return [this.#lastNumber, fn] as const;
    });
    this.#functions = new Map([...this.#functions, ...added]);
    return added.map(([number, { name, parameters, returns, nulls, isPure }]) => ({
      number,
      name,
      parameters,
      returns,
      nulls,
      isPure,
    }));
  }

  /** Forgets every function but these: the thread asks for no other any more. */
  keep(numbers: readonly number[]): void {
    const kept = new Set(numbers);
    this.#functions = new Map([...this.#functions].filter(([number]) => kept.has(number)));
  }

  receive(message: Asked): void {
    if (message.type === 'apply') void this.#apply(message);
    else this.#running.get(message.call)?.abort();
  }

  /** Ends what is running; from now on every function fails. */
  stop(): void {
    this.#isStopped = true;
    for (const [call, controller] of this.#running) {
      this.#running.delete(call);
      this.#tell({ type: 'applied', call, answer: closing });
      controller.abort();
    }
  }

  async #apply({ call, function: number, columns }: Asked & { type: 'apply' }): Promise<void> {
    const controller = new AbortController();
    this.#running.set(call, controller);
    const answer = await this.#answer(number, columns, controller.signal);
    if (this.#running.delete(call) && !controller.signal.aborted) this.#tell({ type: 'applied', call, answer });
  }

  async #answer(number: number, columns: string, signal: AbortSignal): Promise<SqlFunctionAnswer> {
    if (this.#isStopped) return closing;
    try {
      return (await this.#functions.get(number)?.apply(columns, signal)) ?? unknown;
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }
}
