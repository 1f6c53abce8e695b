import type { GuestFunction } from '@mxcp-ts/guest';
import type { SqlFunctionValue } from '../runtime/define-plugin.ts';
import type { LogLevel } from '../runtime/log.ts';
import { CancelledError } from './cancelled-error.ts';
import { describeThrown } from './describe-thrown.ts';
import type { GuestWire } from './open-guest-wire.ts';
import { columnsReader, type ReadColumns } from './read-sql-values.ts';
import type { CurrentScope } from './scope.ts';
import { parseSqlType } from './sql-type.ts';
import { valueWriter, type WriteValue } from './write-sql-value.ts';

type WriteLog = (level: LogLevel, text: string) => void;

interface LoadedFunction extends GuestFunction {
  readonly call: SqlFunctionValue['call'];
  readonly readColumns: ReadColumns;
  readonly writeValue: WriteValue;
}

/** The SQL functions of the plug-ins: computes a chunk of rows at a time. */
export class SqlFunctions {
  readonly #wire: GuestWire;
  readonly #scope: CurrentScope;
  readonly #log: WriteLog;
  readonly #loaded: LoadedFunction[] = [];
  /** Chunks that have not been answered. */
  readonly #running = new Set<number>();

  constructor(wire: GuestWire, scope: CurrentScope, log: WriteLog) {
    this.#wire = wire;
    this.#scope = scope;
    this.#log = log;
  }

  /** As the host is told of them. */
  get described(): readonly GuestFunction[] {
    return this.#loaded.map(({ name, parameters, returns, nulls, isPure, plugin }) => {
      return { name, parameters, returns, nulls, isPure, plugin };
    });
  }

  has(name: string): boolean {
    return this.#loaded.some(loaded => loaded.name.toLowerCase() === name.toLowerCase());
  }

  add(name: string, value: SqlFunctionValue, plugin: number): void {
    const { parameters, returns, nulls = 'skip', isPure = false, call } = value;
    this.#loaded.push({
      ...{ name, parameters, returns, nulls, isPure, plugin, call },
      readColumns: columnsReader(parameters.map(parseSqlType), nulls),
      writeValue: valueWriter(parseSqlType(returns)),
    });
  }

  /** Takes a message `apply` unparsed, because its integers may be longer than a double can hold. */
  receive(line: string): void {
    const [head, id, number] = /^\{"type":"apply","id":(\d+),"function":(\d+),"columns":/.exec(line) ?? [];
    if (head === undefined) return;
    this.#running.add(Number(id));
    void this.#answer(Number(id), this.#loaded[Number(number)], line.slice(head.length, -1));
  }

  cancel(id: number): void {
    if (this.#running.has(id)) this.#fail(id, new CancelledError());
  }

  async #answer(id: number, loaded: LoadedFunction | undefined, columns: string): Promise<void> {
    try {
      if (loaded === undefined) throw new Error('There is no such function.');
      const values = await this.#scope.run({ kind: 'sql-function' }, () =>
        valuesOf(loaded, loaded.readColumns(columns)),
      );
      const json = jsonOf(loaded, values);
      if (this.#running.delete(id)) this.#wire.sendLine(`{"type":"applied","id":${id},"values":${json}}`);
    } catch (error) {
      if (this.#running.has(id)) this.#logFailure(loaded, error);
      this.#fail(id, error);
    }
  }

  /** SQL shows only the message, so the operator learns here where it was thrown. */
  #logFailure(loaded: LoadedFunction | undefined, thrown: unknown): void {
    const { type, message, stack } = describeThrown(thrown);
    this.#log('error', `The SQL function "${loaded?.name ?? ''}" failed: ${stack ?? `${type}: ${message}`}`);
  }

  #fail(id: number, thrown: unknown): void {
    if (!this.#running.delete(id)) return;
    const error = describeThrown(thrown);
    // The message is all that SQL shows of it.
    this.#wire.send({ type: 'failure', id, error: { ...error, message: `${error.type}: ${error.message}` } });
  }
}

/** One value per row; a promise when the function is asynchronous. */
function valuesOf(
  { call }: LoadedFunction,
  columns: readonly (readonly unknown[])[],
): readonly unknown[] | Promise<readonly unknown[]> {
  // A function without parameters gives one value for the whole chunk.
  const rows = columns[0]?.length ?? 1;
  const values: unknown[] = new Array(rows);
  let isAsync = false;
  for (let row = 0; row < rows; row++) {
    const args = columns.map(column => column[row]);
    values[row] = call(...args);
    isAsync ||= values[row] instanceof Promise;
  }
  return isAsync ? Promise.all(values) : values;
}

function jsonOf({ returns, writeValue }: LoadedFunction, values: readonly unknown[]): string {
  const texts = values.map(value => {
    const text = writeValue(value);
    if (text === undefined) throw new TypeError(`call gave ${described(value)}, which is not a value of ${returns}.`);
    return text;
  });
  return `[${texts.join(',')}]`;
}

function described(value: unknown): string {
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
