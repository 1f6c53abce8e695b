import type { SqlValue } from './sql-value.ts';

/** Plug-ins are told from other exports by this, since a package of the project may bring a copy of `definePlugin`. */
const mark = Symbol.for('mxcp-ts.plugin.1');

/**
 * A plug-in of the project: SQL functions, and whatever else `plugins.get` should give. Frozen plain data; making one does
 * nothing. Export it from a file in the folder `plugins`.
 *
 * @param plugin - `functions` by their names in SQL; the types of `call` follow from the names of the DuckDB types. Without
 *   `name` the file's name is the plug-in's, and a name in the site file comes before both
 */
export function definePlugin<
  const Parameters extends Readonly<Record<string, readonly string[]>>,
  const Returns extends Readonly<Record<string, string>>,
  Own extends object,
>(plugin: { readonly name?: string; readonly functions?: SqlFunctions<Parameters, Returns> } & Own): Readonly<Own> {
  checkPlugin(plugin);
  return Object.freeze(Object.defineProperty({ ...plugin }, mark, { value: true }));
}

/** Whether a value was made by `definePlugin`, of whichever copy. */
export function isPlugin(value: unknown): value is PluginValue {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, mark);
}

/** A plug-in as the guest sees it: `definePlugin` has checked it. */
export interface PluginValue {
  readonly name?: string;
  readonly functions?: Readonly<Record<string, SqlFunctionValue>>;
}

export interface SqlFunctionValue {
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly nulls?: 'skip' | 'pass';
  readonly isPure?: boolean;
  readonly call: (...args: readonly unknown[]) => unknown;
}

/**
 * The functions of a plug-in. Parameters and results are inferred apart: TypeScript infers one thing at a time from the
 * properties of an object of objects.
 */
export type SqlFunctions<
  Parameters extends Readonly<Record<string, readonly string[]>>,
  Returns extends Readonly<Record<string, string>>,
> = {
  readonly [Name in keyof Parameters]: SqlFunction<
    Parameters[Name],
    Name extends keyof Returns ? Returns[Name] : string
  >;
} & { readonly [Name in keyof Returns]: { readonly returns: Returns[Name] } };

type SqlFunction<Parameters extends readonly string[], Returns extends string> = {
  /** DuckDB types as SQL writes them: `VARCHAR`, `INTEGER[]`, `DECIMAL(18,3)`. */
  readonly parameters: Parameters;
  /** Whether equal arguments always give equal values, so that DuckDB may call it once for a constant. */
  readonly isPure?: boolean;
} & (
  | {
      /** `skip`, the default: a NULL argument makes the value NULL without a call. `pass`: `call` is given null. */
      readonly nulls?: 'skip';
      readonly call: (...args: ValuesOf<Parameters>) => SqlResult<Returns>;
    }
  | {
      readonly nulls: 'pass';
      readonly call: (...args: NullableValuesOf<Parameters>) => SqlResult<Returns>;
    }
);

type ValuesOf<Types extends readonly string[]> = { -readonly [Place in keyof Types]: SqlValue<Types[Place]> };
type NullableValuesOf<Types extends readonly string[]> = {
  -readonly [Place in keyof Types]: SqlValue<Types[Place]> | null;
};
type SqlResult<Type extends string> = SqlValue<Type> | null | undefined | Promise<SqlValue<Type> | null | undefined>;

function checkPlugin({ name, functions = {} }: { readonly name?: unknown; readonly functions?: unknown }): void {
  if (name !== undefined && (typeof name !== 'string' || name === ''))
    throw new TypeError('The name of a plug-in must be text.');
  if (typeof functions !== 'object' || functions === null)
    throw new TypeError('`functions` of a plug-in must be an object of SQL functions.');
  for (const [functionName, value] of Object.entries(functions)) checkFunction(functionName, value);
}

function checkFunction(name: string, value: unknown): void {
  const wrong = (what: string) => new TypeError(`The SQL function "${name}" ${what}.`);
  if (typeof value !== 'object' || value === null) throw wrong('must be an object with parameters, returns and call');
  const { parameters, returns, nulls, isPure, call } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(parameters) || !parameters.every(type => typeof type === 'string'))
    throw wrong("needs `parameters`, an array of DuckDB types: ['VARCHAR']");
  if (typeof returns !== 'string') throw wrong("needs `returns`, a DuckDB type: 'VARCHAR'");
  if (typeof call !== 'function') throw wrong('needs `call`, the function to run');
  if (nulls !== undefined && nulls !== 'skip' && nulls !== 'pass')
    throw wrong("has `nulls` other than 'skip' and 'pass'");
  if (isPure !== undefined && typeof isPure !== 'boolean') throw wrong('has an `isPure` that is not true or false');
}
