import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../tests/support/make-project.ts';
import { readCallerOptions } from '../src/read-caller-options.ts';

const folder = makeFolder();
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return `@${join(folder, name)}`;
};

test('both are JSON, or files of JSON', () => {
  const requestHeaders = '{"X-Team": "ops"}';
  const expected = {
    user: {
      provider: 'cli',
      user_id: 'cli_user',
      username: 'ada',
      email: null,
      name: null,
      avatar_url: null,
      raw_profile: { username: 'ada' },
      external_token: null,
      capabilities: [],
    },
    headers: { 'x-team': 'ops' },
  };
  expect(readCallerOptions({ userContext: '{"username": "ada"}', requestHeaders })).toEqual(expected);
  const files = {
    userContext: file('user.json', '{"username": "ada"}'),
    requestHeaders: file('headers.json', requestHeaders),
  };
  expect(readCallerOptions(files)).toEqual(expected);
});

test('nothing, or an empty text, is nobody', () => {
  expect(readCallerOptions({})).toEqual({});
  expect(readCallerOptions({ userContext: '', requestHeaders: '' })).toEqual({});
});

const userHint = `Give an object such as '{"username": "ada"}', or @file.json.`;

test.each([
  [{ userContext: '{ada}' }, 'The value of --user-context is not valid JSON.', userHint],
  [
    { userContext: file('bad.json', '{') },
    `The file ${folder}/bad.json of --user-context is not valid JSON.`,
    userHint,
  ],
  [{ requestHeaders: '@/no/such.json' }, 'The file /no/such.json of --request-headers cannot be read.', undefined],
  [{ userContext: '"ada"' }, 'The user context must be an object, such as {"username": "ada"}.', undefined],
  [{ requestHeaders: '[]' }, 'The request headers must be an object, such as {"X-Team": "ops"}.', undefined],
])('%j is wrong usage', (options, message, hint) => {
  expect(() => readCallerOptions(options)).toThrow(expect.objectContaining({ code: 'usage', message, hint }));
});

test('what is no JSON is not repeated, for it may hold a token', () => {
  try {
    readCallerOptions({ userContext: '{"external_token": secret-token}' });
    expect.unreachable();
  } catch (error) {
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-token');
  }
});
