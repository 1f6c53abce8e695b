import { expect, test } from 'vitest';
import { parseReference } from '../src/vault-reference.ts';

test.each([
  ['secret/db#password', { segments: ['secret', 'db'], key: 'password' }],
  ['/secret/db/#a#b', { segments: ['secret', 'db'], key: 'a#b' }],
  ['db# spaced ', { segments: ['db'], key: ' spaced ' }],
])('reads %s', (text, reference) => {
  expect(parseReference(text)).toEqual({ ok: true, reference });
});

test.each([
  ['', 'The reference names no path.'],
  ['#key', 'The reference names no path.'],
  ['secret/db', 'The reference names no key behind a `#`.'],
  ['secret/db#', 'The reference names no key behind a `#`.'],
  ['secret//db#key', 'The path of the reference has an empty segment, `.` or `..`.'],
  ['secret/../sys/seal#key', 'The path of the reference has an empty segment, `.` or `..`.'],
])('refuses %j', (text, message) => {
  const hint = 'Write vault://path/to/secret#key.';
  expect(parseReference(text)).toEqual({ ok: false, problem: { message, hint } });
});
