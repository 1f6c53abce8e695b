import { expect, expectTypeOf, test } from 'vitest';
import { definePlugin, isPlugin } from '../../src/runtime/define-plugin.ts';
import type { SqlValue } from '../../src/runtime/sql-value.ts';

test('gives what it was given, frozen and known as a plug-in', () => {
  const plugin = definePlugin({
    name: 'text',
    functions: {
      shout: { parameters: ['VARCHAR'], returns: 'VARCHAR', call: text => text.toUpperCase() },
      total: {
        parameters: ['BIGINT', 'DOUBLE[]'],
        returns: 'BIGINT',
        nulls: 'pass',
        isPure: true,
        call: async (start, values) => (start ?? 0n) + BigInt(values?.length ?? 0),
      },
      now: { parameters: [], returns: 'DOUBLE', call: () => 1 },
    },
    normalize(text: string): string {
      return text.trim();
    },
  });
  expect(isPlugin(plugin)).toBe(true);
  expect(Object.isFrozen(plugin)).toBe(true);
  expect(Object.keys(plugin)).toEqual(['name', 'functions', 'normalize']);
  expectTypeOf(plugin.normalize).returns.toEqualTypeOf<string>();
  expect(plugin.normalize(' a ')).toBe('a');
  expect(isPlugin({ functions: {} })).toBe(false);
});

test('a plug-in needs no functions', () => {
  const plugin = definePlugin({ twice: (n: number) => n * 2 });
  expect(plugin.twice(2)).toBe(4);
});

test('the types of a call follow from the names of the DuckDB types', () => {
  expectTypeOf<SqlValue<'varchar'>>().toEqualTypeOf<string>();
  expectTypeOf<SqlValue<'INTEGER'>>().toEqualTypeOf<number>();
  expectTypeOf<SqlValue<'HUGEINT'>>().toEqualTypeOf<bigint>();
  expectTypeOf<SqlValue<'Boolean'>>().toEqualTypeOf<boolean>();
  expectTypeOf<SqlValue<'DECIMAL(18,3)'>>().toEqualTypeOf<string>();
  expectTypeOf<SqlValue<'TIMESTAMP WITH TIME ZONE'>>().toEqualTypeOf<string>();
  expectTypeOf<SqlValue<'BLOB'>>().toEqualTypeOf<Uint8Array>();
  expectTypeOf<SqlValue<'VARCHAR[][]'>>().toEqualTypeOf<((string | null)[] | null)[]>();
  expectTypeOf<SqlValue<'STRUCT(a INTEGER)'>>().toEqualTypeOf<unknown>();
  definePlugin({
    functions: {
      wrongResult: {
        parameters: ['VARCHAR'],
        returns: 'INTEGER',
        // @ts-expect-error: text is not an INTEGER
        call: text => text,
      },
      wrongArgument: {
        parameters: ['VARCHAR'],
        returns: 'INTEGER',
        // @ts-expect-error: a VARCHAR is not a number
        call: (n: number) => n,
      },
      wrongPromise: {
        parameters: [],
        returns: 'VARCHAR',
        // @ts-expect-error: neither is what a promise gives
        call: async () => 1,
      },
      nullable: {
        parameters: ['BIGINT'],
        returns: 'BIGINT',
        nulls: 'pass',
        // @ts-expect-error: with `pass` it may be null
        call: n => n + 1n,
      },
    },
  });
});

test.each<[unknown, string]>([
  [{ name: 5 }, 'The name of a plug-in must be text.'],
  [{ functions: 5 }, '`functions` of a plug-in must be an object of SQL functions.'],
  [{ functions: { f: () => 1 } }, 'The SQL function "f" must be an object with parameters, returns and call.'],
  [{ functions: { f: { parameters: 'VARCHAR', returns: 'VARCHAR', call: () => 1 } } }, parametersNeeded()],
  [{ functions: { f: { parameters: [1], returns: 'VARCHAR', call: () => 1 } } }, parametersNeeded()],
  [
    { functions: { f: { parameters: [], call: () => 1 } } },
    'The SQL function "f" needs `returns`, a DuckDB type: \'VARCHAR\'.',
  ],
  [
    { functions: { f: { parameters: [], returns: 'VARCHAR' } } },
    'The SQL function "f" needs `call`, the function to run.',
  ],
  [
    { functions: { f: { parameters: [], returns: 'VARCHAR', call: () => 1, nulls: 'no' } } },
    "The SQL function \"f\" has `nulls` other than 'skip' and 'pass'.",
  ],
  [
    { functions: { f: { parameters: [], returns: 'VARCHAR', call: () => 1, isPure: 1 } } },
    'The SQL function "f" has an `isPure` that is not true or false.',
  ],
])('refuses %o', (plugin, message) => {
  expect(() => definePlugin(plugin as object)).toThrow(new TypeError(message));
});

function parametersNeeded(): string {
  return 'The SQL function "f" needs `parameters`, an array of DuckDB types: [\'VARCHAR\'].';
}
