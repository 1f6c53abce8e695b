import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBScalarFunction,
  type DuckDBVector,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlCaller } from '@mxcp-ts/engine';
import { connectionOf, noteConnection } from './connection-of.narrow.ts';
import type { ConnectionUsers } from './connection-users.ts';

/** Who is calling: functions that are harmless in SQL of callers. Those that tell headers are not. */
export const harmlessCallerFunctions: readonly string[] = ['get_user_email', 'get_user_provider', 'get_username'];

/** Headers that carry credentials: asked for by name only. */
const credentials: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Makes `get_username()` and the like callable in a database. They give NULL where nobody in particular is calling. */
export function registerCallerFunctions(connection: DuckDBConnection, users: ConnectionUsers): void {
  const texts: Readonly<Record<string, (caller: SqlCaller) => string | null>> = {
    get_username: caller => caller.username,
    get_user_email: caller => caller.email,
    get_user_provider: caller => caller.provider,
    get_user_external_token: caller => caller.externalToken,
    get_request_headers_json: headersJson,
  };
  for (const [name, textOf] of Object.entries(texts)) {
    register(connection, users, {
      name,
      isByName: false,
      write: (caller, chunk, output) => {
        const text = caller === undefined ? null : textOf(caller);
        for (let row = 0; row < chunk.rowCount; row += 1) output.setItem(row, text);
      },
    });
  }
  register(connection, users, { name: 'get_request_header', isByName: true, write: writeHeaders });
}

function headersJson({ headers }: SqlCaller): string | null {
  const shown = Object.entries(headers).filter(([name]) => !credentials.has(name));
  return Object.keys(headers).length === 0 ? null : JSON.stringify(Object.fromEntries(shown));
}

function writeHeaders(caller: SqlCaller | undefined, chunk: DuckDBDataChunk, output: DuckDBVector): void {
  const names = chunk.getColumnVector(0);
  const headers = caller?.headers ?? {};
  for (let row = 0; row < chunk.rowCount; row += 1) {
    const name = names.getItem(row);
    const key = name === null ? '' : String(name).toLowerCase();
    output.setItem(row, Object.hasOwn(headers, key) ? (headers[key] ?? null) : null);
  }
}

interface CallerFunction {
  readonly name: string;
  /** Whether it takes the name of what it gives. */
  readonly isByName: boolean;
  readonly write: (caller: SqlCaller | undefined, chunk: DuckDBDataChunk, output: DuckDBVector) => void;
}

function register(
  connection: DuckDBConnection,
  users: ConnectionUsers,
  { name, isByName, write }: CallerFunction,
): void {
  const registered = DuckDBScalarFunction.create({
    name,
    parameterTypes: isByName ? [VARCHAR] : [],
    returnType: VARCHAR,
    // Kept statements and views must ask anew each time.
    volatile: true,
    initFunction: noteConnection,
    mainFunction: (info, chunk, output) => {
      const connectionId = connectionOf(info);
      write(connectionId === undefined ? undefined : users.jobOf(connectionId)?.caller, chunk, output);
      output.flush();
    },
  });
  connection.registerScalarFunction(registered);
  registered.destroySync();
}
