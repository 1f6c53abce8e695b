import type { ClientAbility, ClientInfo, UserContext } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import type { Caller } from './protocol.ts';

export type ReadCaller =
  | { readonly ok: true; readonly caller: Caller }
  /** A sentence that names the field. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads who calls from data that a person wrote: every field may be left out, `provider` is then `cli`, the names are
 * `cli_user`. Header names become lower case.
 *
 * @param value - `{ user?, headers?, client? }` as it came out of JSON
 */
export function readCaller(value: unknown): ReadCaller {
  if (!isObject(value)) return problem('The context must be an object.');
  const stray = Object.keys(value).find(key => !['user', 'headers', 'client'].includes(key));
  if (stray !== undefined) return problem(`The context has no field "${stray}"; it has user, headers and client.`);
  const user = value['user'] === undefined ? undefined : readUser(value['user']);
  if (user?.ok === false) return user;
  const headers = value['headers'] === undefined ? undefined : readHeaders(value['headers']);
  if (headers?.ok === false) return headers;
  const client = value['client'] === undefined ? undefined : readClient(value['client']);
  if (client?.ok === false) return client;
  return {
    ok: true,
    caller: {
      ...(user !== undefined && { user: user.value }),
      ...(headers !== undefined && { headers: headers.value }),
      ...(client !== undefined && { client: client.value }),
    },
  };
}

type Part<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const requiredTexts = { provider: 'cli', user_id: 'cli_user', username: 'cli_user' } as const;
const optionalTexts = ['email', 'name', 'avatar_url', 'external_token'] as const;

/** Fields of the author's own stay in `raw_profile`, which is the whole object unless it has one itself. */
function readUser(value: unknown): Part<UserContext> {
  if (!isJsonObject(value)) return problem('The user context must be an object, such as {"username": "ada"}.');
  const names = [...Object.keys(requiredTexts), ...optionalTexts];
  const bad = names.find(name => value[name] !== undefined && value[name] !== null && typeof value[name] !== 'string');
  if (bad !== undefined) return problem(`"${bad}" of the user context must be a text.`);
  const { capabilities = [], raw_profile = value } = value;
  if (!isTexts(capabilities)) return problem('"capabilities" of the user context must be a list of texts.');
  if (raw_profile !== null && !isJsonObject(raw_profile))
    return problem('"raw_profile" of the user context must be an object.');
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : null);
  return {
    ok: true,
    value: {
      provider: text('provider') ?? requiredTexts.provider,
      user_id: text('user_id') ?? requiredTexts.user_id,
      username: text('username') ?? requiredTexts.username,
      email: text('email'),
      name: text('name'),
      avatar_url: text('avatar_url'),
      raw_profile,
      external_token: text('external_token'),
      capabilities,
    },
  };
}

function readHeaders(value: unknown): Part<Readonly<Record<string, string>>> {
  if (!isObject(value)) return problem('The request headers must be an object, such as {"X-Team": "ops"}.');
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return problem(`"${name}" is no name for a request header.`);
    if (typeof content !== 'string') return problem(`The request header "${name}" must be a text.`);
    const key = name.toLowerCase();
    if (Object.hasOwn(headers, key)) return problem(`The request header "${key}" is given twice.`);
    headers[key] = content;
  }
  return { ok: true, value: headers };
}

// Of a record, not of a list: it has to name every ability there is.
const known: Readonly<Record<ClientAbility, true>> = {
  elicit: true,
  'elicit-url': true,
  sample: true,
  'sample-tools': true,
  roots: true,
};

function readClient(value: unknown): Part<ClientInfo> {
  if (!isObject(value))
    return problem('The client must be an object, such as {"name": "curl", "abilities": ["elicit"]}.');
  const { name, version, abilities: given = [] } = value;
  if (!isOptionalText(name) || !isOptionalText(version))
    return problem('"name" and "version" of the client must be texts.');
  if (!Array.isArray(given) || !given.every(isAbility))
    return problem(`"abilities" of the client must be a list of ${Object.keys(known).join(', ')}.`);
  return { ok: true, value: { name, version, abilities: given } };
}

function isAbility(value: unknown): value is ClientAbility {
  return typeof value === 'string' && Object.hasOwn(known, value);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function problem(text: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: text };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** It came out of JSON, so an object in it is a JSON object. */
function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value);
}

function isTexts(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
