import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import type { FunctionProblem } from '@mxcp-ts/engine';
import { quoteIdentifier } from '../sql/quote-sql.ts';
import { readFailure } from '../sql/read-failure.ts';
import type { ThreadDatabase } from '../thread/thread-database.ts';
import type { DeclaredFunction } from './function-protocol.ts';
import { type FunctionSlot, registerSlot, type SlotContext } from './function-slot.ts';
import { compileNameProblem } from './name-problem.ts';
import { resolveType } from './resolve-type.ts';

/**
 * The functions of user code that SQL can call. DuckDB can neither drop a registered function nor change its signature:
 * one that comes back with another gets a new slot, and a temporary macro hides the old one.
 */
export class ThreadFunctions {
  readonly #context: SlotContext;
  readonly #slots: FunctionSlot[] = [];
  /** Lower-case names that a macro hides, with the statement that makes it. */
  #hiding: ReadonlyMap<string, string> = new Map();

  constructor(context: SlotContext) {
    this.#context = context;
  }

  /** Makes these callable and no others; leaves out those that it gives a problem for. */
  async define(
    { owned, pool }: Pick<ThreadDatabase, 'owned' | 'pool'>,
    functions: readonly DeclaredFunction[],
  ): Promise<readonly FunctionProblem[]> {
    if (functions.length === 0 && this.#slots.length === 0) return [];
    const connection = await owned.connect();
    try {
      for (const statement of pool.sessionStatements) await connection.run(statement);
      const bound = await this.#bind(connection, functions);
      for (const slot of this.#slots) slot.number = bound.numbers.get(slot);
      this.#show(bound.numbers.keys(), pool);
      return bound.problems;
    } finally {
      connection.disconnectSync();
    }
  }

  async #bind(connection: DuckDBConnection, functions: readonly DeclaredFunction[]) {
    const ours = new Set(this.#slots.flatMap(({ name, sqlName }) => [name.toLowerCase(), sqlName.toLowerCase()]));
    const nameProblem = await compileNameProblem(connection, ours);
    const numbers = new Map<FunctionSlot, number>();
    const problems: FunctionProblem[] = [];
    for (const declared of functions) {
      const message = nameProblem(declared.name);
      const slot = message === undefined ? await this.#slotFor(connection, declared) : message;
      if (typeof slot === 'string') problems.push({ name: declared.name, message: slot });
      else numbers.set(slot, declared.number);
    }
    return { numbers, problems };
  }

  /** @returns a problem when it cannot be registered */
  async #slotFor(connection: DuckDBConnection, declared: DeclaredFunction): Promise<FunctionSlot | string> {
    const types: DuckDBType[] = [];
    for (const text of [...declared.parameters, declared.returns]) {
      const resolved = await resolveType(connection, text);
      if (!resolved.ok) return `The type "${text}" of the SQL function "${declared.name}" ${resolved.reason}.`;
      types.push(resolved.type);
    }
    const returns = types.pop();
    if (returns === undefined) return `The SQL function "${declared.name}" has no type.`;
    const { name, nulls, isPure, number } = declared;
    const wanted = { name, parameters: types, returns, nulls, isPure, number };
    const known = this.#slots.find(slot => signatureOf(slot) === signatureOf(wanted));
    return known ?? this.#register(connection, wanted);
  }

  #register(connection: DuckDBConnection, wanted: Omit<FunctionSlot, 'sqlName'>): FunctionSlot | string {
    const before = this.#slots.filter(({ name }) => isSameName(name, wanted.name)).length;
    const sqlName = before === 0 ? wanted.name : `__${wanted.name}_${before}`;
    const slot: FunctionSlot = { ...wanted, sqlName };
    try {
      registerSlot(connection, slot, this.#context);
    } catch (error) {
      return `The SQL function "${wanted.name}" cannot be defined: ${readFailure(error).message}`;
    }
    this.#slots.push(slot);
    return slot;
  }

  /** Lets each name mean the slot that stands for it now. */
  #show(slots: Iterable<FunctionSlot>, pool: ThreadDatabase['pool']): void {
    const hiding = new Map(this.#hiding);
    for (const slot of slots) {
      const key = slot.name.toLowerCase();
      if (slot.sqlName === slot.name) hiding.delete(key);
      else hiding.set(key, macroFor(slot));
    }
    const before = new Set(this.#hiding.values());
    const after = [...hiding.values()];
    this.#hiding = hiding;
    if (before.size === after.length && after.every(statement => before.has(statement))) return;
    pool.setSessionStatements([...pool.sessionStatements.filter(statement => !before.has(statement)), ...after]);
  }
}

function macroFor({ name, sqlName, parameters }: FunctionSlot): string {
  const names = parameters.map((_, index) => `p${index + 1}`).join(', ');
  return `CREATE OR REPLACE TEMP MACRO ${quoteIdentifier(name)}(${names}) AS ${quoteIdentifier(sqlName)}(${names})`;
}

function signatureOf({ name, parameters, returns, nulls, isPure }: Omit<FunctionSlot, 'sqlName'>): string {
  const types = [...parameters, returns].map(type => JSON.stringify(type.toJson()));
  return JSON.stringify([name.toLowerCase(), nulls, isPure, ...types]);
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
