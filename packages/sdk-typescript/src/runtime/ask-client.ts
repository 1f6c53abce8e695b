import { ClientCannotError } from './client-cannot-error.ts';
import { getGuestApi } from './guest-api.ts';

/** What a client can be asked for. */
export type ClientAbility = (typeof abilities)[number];

const abilities = ['elicit', 'elicit-url', 'sample', 'sample-tools', 'roots'] as const;

/**
 * Asks the client of the call. When nobody knows the answer yet, the call ends here and runs again, from the top, once
 * there is one.
 *
 * @param what - the function that the author called, for messages
 * @param key - names the question within the call
 * @throws ClientCannotError
 */
export async function askClient(
  what: string,
  key: string,
  request: { readonly method: string; readonly params?: Readonly<Record<string, unknown>> },
): Promise<Readonly<Record<string, unknown>>> {
  if (typeof key !== 'string' || key === '')
    throw new TypeError(`${what} needs a key as its first argument: a text that names the question within the call.`);
  const reply = await getGuestApi(what).ask(what, key, request);
  if (reply.kind === 'client-cannot') throw new ClientCannotError(reply.message);
  return reply.value;
}

/** Whether the client of the call can be asked for that. */
export function canAsk(ability: ClientAbility): boolean {
  const call = getGuestApi('canAsk').currentCall();
  if (call === undefined) throw new Error('canAsk is only available while a handler runs.');
  if (!abilities.includes(ability))
    throw new TypeError(`canAsk knows ${abilities.join(', ')}; not ${String(ability)}.`);
  return call.client?.abilities.includes(ability) ?? false;
}
