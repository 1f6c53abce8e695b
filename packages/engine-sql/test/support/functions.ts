import type { SqlFunction, SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';

export interface TestFunction extends Partial<Omit<SqlFunction, 'apply'>> {
  readonly name: string;
  /** Computes one row. */
  readonly row: (...args: JsonValue[]) => unknown;
}

/** A function of user code that is computed row by row, with JSON in and out as a guest does. */
export function sqlFunction({ row, ...given }: TestFunction): SqlFunction {
  return chunkFunction({
    ...given,
    apply: async columns => {
      const parsed: JsonValue[][] = JSON.parse(columns);
      const rows = parsed[0] ?? [null];
      return {
        ok: true,
        json: JSON.stringify(rows.map((_, index) => row(...parsed.map(column => column[index] ?? null)))),
      };
    },
  });
}

/** A function that is computed a chunk at a time. */
export function chunkFunction(
  given: Partial<SqlFunction> & {
    readonly name: string;
    readonly apply: (columns: string, signal: AbortSignal) => Promise<SqlFunctionAnswer>;
  },
): SqlFunction {
  return { parameters: ['INTEGER'], returns: 'INTEGER', nulls: 'skip', isPure: true, ...given };
}
