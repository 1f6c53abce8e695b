import { expect, test } from 'vitest';
import { readCaller } from '../src/index.ts';

test('what a user context leaves out is filled in, and all of it is the raw profile', () => {
  expect(readCaller({ user: { username: 'ada', email: null, role: 'analyst', capabilities: ['a'] } })).toEqual({
    ok: true,
    caller: {
      user: {
        provider: 'cli',
        user_id: 'cli_user',
        username: 'ada',
        email: null,
        name: null,
        avatar_url: null,
        raw_profile: { username: 'ada', email: null, role: 'analyst', capabilities: ['a'] },
        external_token: null,
        capabilities: ['a'],
      },
    },
  });
});

test('a whole user context stays as it is', () => {
  const user = {
    provider: 'github',
    user_id: '7',
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada',
    avatar_url: 'https://example.org/ada.png',
    raw_profile: { login: 'ada' },
    external_token: 'token',
    capabilities: [],
  };
  expect(readCaller({ user })).toEqual({ ok: true, caller: { user } });
});

test('names of headers become lower case', () => {
  expect(readCaller({ headers: { 'X-Team': 'ops', accept: '' } })).toEqual({
    ok: true,
    caller: { headers: { 'x-team': 'ops', accept: '' } },
  });
});

test('a client says what it can be asked, nothing when it does not say', () => {
  const client = { name: 'curl', version: '8', abilities: ['elicit', 'roots'] };
  expect(readCaller({ client })).toEqual({ ok: true, caller: { client } });
  expect(readCaller({ client: {} })).toEqual({
    ok: true,
    caller: { client: { name: undefined, version: undefined, abilities: [] } },
  });
});

test.each([
  [7, 'The context must be an object.'],
  [{ usr: {} }, 'The context has no field "usr"; it has user, headers and client.'],
  [{ user: [] }, 'The user context must be an object, such as {"username": "ada"}.'],
  [{ user: { username: 7 } }, '"username" of the user context must be a text.'],
  [{ user: { email: {} } }, '"email" of the user context must be a text.'],
  [{ user: { capabilities: 'all' } }, '"capabilities" of the user context must be a list of texts.'],
  [{ user: { raw_profile: 'x' } }, '"raw_profile" of the user context must be an object.'],
  [{ headers: 'X-Team: ops' }, 'The request headers must be an object, such as {"X-Team": "ops"}.'],
  [{ headers: { 'X-Team': 7 } }, 'The request header "X-Team" must be a text.'],
  [{ headers: { 'X Team': 'ops' } }, '"X Team" is no name for a request header.'],
  [{ client: 'curl' }, 'The client must be an object, such as {"name": "curl", "abilities": ["elicit"]}.'],
  [{ client: { name: 7 } }, '"name" and "version" of the client must be texts.'],
  [
    { client: { abilities: ['sing'] } },
    '"abilities" of the client must be a list of elicit, elicit-url, sample, sample-tools, roots.',
  ],
  [{ headers: { 'X-Team': 'a', 'x-team': 'b' } }, 'The request header "x-team" is given twice.'],
])('%j is no caller', (value, problem) => {
  expect(readCaller(value)).toEqual({ ok: false, problem });
});
