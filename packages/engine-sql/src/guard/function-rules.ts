/** Table functions that read nothing but their arguments. */
export const harmlessTableFunctions: ReadonlySet<string> = new Set([
  'generate_series',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'unnest',
]);

/** Functions that the parser knows and the function catalog does not list. */
export const unlistedFunctions: readonly string[] = ['grouping', 'grouping_id', 'unnest'];

/** Built-in functions that reveal settings, bind other SQL, write, wait, or take apart DuckDB's inner state. */
const refusedFunctions: ReadonlySet<string> = new Set([
  'combine',
  'current_setting',
  'currval',
  'finalize',
  'getenv',
  'getvariable',
  'json_serialize_plan',
  'nextval',
  'pg_get_viewdef',
  'pg_sleep',
  'setseed',
  'sleep_ms',
  'write_log',
]);

/** Whether a built-in scalar or aggregate function may be called in SQL that a caller wrote. */
export function isHarmlessFunction(name: string): boolean {
  return !refusedFunctions.has(name) && !name.startsWith('__');
}
