import type { DuckDBConnection } from '@duckdb/node-api';

/** Says what is wrong with the name of a function, as a sentence; undefined when nothing is. */
export type NameProblem = (name: string) => string | undefined;

/** @param ours - lower-case names that user code has registered before */
export async function compileNameProblem(
  connection: DuckDBConnection,
  ours: ReadonlySet<string>,
): Promise<NameProblem> {
  const taken = await firstColumn(connection, 'SELECT DISTINCT lower(function_name) FROM duckdb_functions()');
  const reserved = await firstColumn(
    connection,
    "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
  );
  const given = new Set<string>();
  return name => {
    const lower = name.toLowerCase();
    if (!/^[a-z_][a-z0-9_]*$/.test(lower)) {
      return `"${name}" cannot be the name of a SQL function: use letters, digits and underscores.`;
    }
    if (reserved.has(lower)) return `"${name}" cannot be the name of a SQL function: it is a keyword of SQL.`;
    if (given.has(lower)) return `The SQL function "${name}" is defined twice.`;
    given.add(lower);
    if (!taken.has(lower) || ours.has(lower)) return undefined;
    return `The SQL function "${name}" cannot be defined: the database already has a function of that name.`;
  };
}

async function firstColumn(connection: DuckDBConnection, sql: string): Promise<ReadonlySet<string>> {
  return new Set((await (await connection.run(sql)).getRows()).map(([value]) => String(value)));
}
