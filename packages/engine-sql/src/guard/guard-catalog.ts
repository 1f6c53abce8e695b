import type { DuckDBConnection } from '@duckdb/node-api';
import { harmlessCallerFunctions } from '../functions/caller-functions.ts';
import { openOwnedDatabase } from '../thread/database-owner.ts';
import { isHarmlessFunction, unlistedFunctions } from './function-rules.ts';

/** Views of DuckDB itself that tell about tables and columns only. */
const openViews: ReadonlySet<string> = new Set([
  'check_constraints',
  'columns',
  'constraint_column_usage',
  'key_column_usage',
  'referential_constraints',
  'schemata',
  'table_constraints',
  'tables',
]);

/**
 * Names of the functions that DuckDB itself brings and that may be called: asked of an empty database, so that nothing
 * an extension or the project added is among them.
 */
export async function harmlessFunctions(): Promise<ReadonlySet<string>> {
  const empty = await openOwnedDatabase(':memory:', {});
  try {
    const connection = await empty.connect();
    const names = await firstColumn(
      connection,
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE internal AND function_type IN ('scalar', 'aggregate', 'macro')",
    );
    connection.disconnectSync();
    return new Set(
      [...names, ...unlistedFunctions, ...harmlessCallerFunctions]
        .map(name => name.toLowerCase())
        .filter(isHarmlessFunction),
    );
  } finally {
    empty.closeSync();
  }
}

/** Asks the catalog which tables and views there are; gives what answers questions about them. */
export async function tablesOf(
  connection: DuckDBConnection,
): Promise<(catalog: string, schema: string, name: string) => boolean> {
  const result = await connection.run(
    `SELECT lower(database_name), lower(schema_name), lower(table_name) FROM duckdb_tables() WHERE NOT internal AND schema_name <> 'mxcp'
     UNION ALL SELECT lower(database_name), lower(schema_name), lower(view_name) FROM duckdb_views() WHERE NOT internal`,
  );
  const places = new Map<string, (readonly [catalog: string, schema: string])[]>();
  for (const [catalog, schema, name] of await result.getRows()) {
    const known = places.get(String(name)) ?? [];
    known.push([String(catalog), String(schema)]);
    places.set(String(name), known);
  }
  return (catalog, schema, name) => {
    if (schema === 'information_schema' && catalog === '') return openViews.has(name);
    return (places.get(name) ?? []).some(([itsCatalog, itsSchema]) => {
      if (catalog !== '') return catalog === itsCatalog && schema === itsSchema;
      return schema === '' || schema === itsSchema || schema === itsCatalog;
    });
  };
}

async function firstColumn(connection: DuckDBConnection, sql: string): Promise<string[]> {
  return (await (await connection.run(sql)).getRows()).map(([value]) => String(value));
}
