import type { SqlCaller } from './database.ts';
import type { CallContext } from './handler-engine.ts';

/** Who a call's SQL runs for; undefined when nothing is known. */
export function sqlCallerOf({ user, headers }: CallContext): SqlCaller | undefined {
  if (user === undefined && isEmpty(headers)) return undefined;
  return {
    username: user?.username ?? null,
    email: user?.email ?? null,
    provider: user?.provider ?? null,
    externalToken: user?.external_token ?? null,
    headers,
  };
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
