import type { DuckDBScalarFunctionInfo, DuckDBScalarFunctionInitInfo } from '@duckdb/node-api';

/** Notes the connection that a statement's use of a function belongs to; for `initFunction`. */
export function noteConnection(info: DuckDBScalarFunctionInitInfo): void {
  info.setState({ connectionId: info.clientContext.connectionId });
}

/** The connection that `noteConnection` noted. */
export function connectionOf(info: DuckDBScalarFunctionInfo): number | undefined {
  return (info.state as { readonly connectionId: number } | undefined)?.connectionId;
}
