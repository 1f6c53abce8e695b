import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { secretOf } from '../../src/runtime/secret.ts';

test('printing a secret, or a part of it, shows its names only', () => {
  const secret = secretOf({ token: 't0p', port: 6379, HEADERS: { Authorization: 'Bearer t0p' }, keys: ['k1', 'k2'] });
  expect(inspect(secret, { breakLength: Number.POSITIVE_INFINITY })).toBe(
    "{ token: '****', port: '****', HEADERS: { Authorization: '****' }, keys: [ '****', '****' ] }",
  );
  expect(inspect([secret['HEADERS'], secret['keys']])).toBe("[ { Authorization: '****' }, [ '****', '****' ] ]");
  expect(inspect(new Error('refused', { cause: secret }))).not.toContain('t0p');
});

test('a secret is otherwise plain data', () => {
  const parameters = { token: 't0p', HEADERS: { a: 'b' }, keys: ['k1'] };
  const secret = secretOf(parameters);
  expect(JSON.stringify(secret)).toBe('{"token":"t0p","HEADERS":{"a":"b"},"keys":["k1"]}');
  expect({ ...secret }).toEqual(parameters);
  expect(Object.keys(secret)).toEqual(['token', 'HEADERS', 'keys']);
  expect(Object.isFrozen(secret['HEADERS'])).toBe(true);
});

test('a secret without parameters is empty', () => {
  expect([secretOf(null), secretOf('text'), secretOf(['a'])]).toEqual([{}, {}, {}]);
});
