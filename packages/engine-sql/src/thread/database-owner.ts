import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** The open database. The only file that may open one: a second instance on the same file would be a second database. */
export interface OwnedDatabase {
  connect(): Promise<DuckDBConnection>;
  closeSync(): void;
}

/** @param options - DuckDB's own start options, such as `access_mode` */
export async function openOwnedDatabase(
  path: string,
  options: Readonly<Record<string, string>>,
): Promise<OwnedDatabase> {
  const instance = await DuckDBInstance.create(path, { ...options });
  return { connect: () => instance.connect(), closeSync: () => instance.closeSync() };
}
