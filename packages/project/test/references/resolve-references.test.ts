// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are written like this
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceFile } from '@mxcp-ts/diagnostics';
import { expect, onTestFinished, test } from 'vitest';
import { resolveReferences } from '../../src/references/resolve-references.ts';
import { embeddedFile } from '../../src/yaml/embedded-scalar.ts';

/** One that is not in here was reported when it could not be read. */
const secrets = new Map([['vault://x/1#y', 'from the vault']]);

function resolveText(
  text: string,
  env: Record<string, string>,
  file = '/nowhere/config.yml',
  home = '/home/me',
): string {
  const result = resolveReferences(embeddedFile(new SourceFile('config.yml', text)), { env, home, file, secrets });
  if (result.ok) return String(result.value);
  return result.findings.map(({ code, span }) => `${code} ${span?.start}-${span?.end}`).join(', ');
}

test.each([
  ['plain', {}, 'plain'],
  ['x-${A}-${B}-${A}', { A: '1', B: '2' }, 'x-1-2-1'],
  ['${NOPE}', {}, 'reference/unset-variable 0-7'],
  ['a ${NOPE} ${A} ${NOR}', { A: '1' }, 'reference/unset-variable 2-9, reference/unset-variable 15-21'],
  ['${A}', { A: '' }, ''],
  ['${NOPE:-d}', {}, 'd'],
  ['${NOPE:-}', {}, ''],
  ['${A:-d}', { A: '' }, 'd'],
  ['${A:-d}', { A: 'x' }, 'x'],
  ['${A:?say}', { A: 'x' }, 'x'],
  ['${A:?say}', { A: '' }, 'reference/unset-variable 0-9'],
  ['${NO-PE}', {}, '${NO-PE}'],
  ['$A', { A: '1' }, '$A'],
  ['%A%', { A: '1' }, '%A%'],
  ['${}', {}, '${}'],
  ['${ A }', { A: '1' }, '${ A }'],
  ['$${A}', { A: '1' }, '${A}'],
  ['$$${A}', { A: '1' }, '$${A}'],
  ['$$A', { A: '1' }, '$$A'],
  ['${A}', { A: '${B}', B: 'zz' }, '${B}'],
  ['${A} ${B}', { A: '${B}', B: 'zz' }, '${B} zz'],
  ['${A}', { A: 'vault://x#y' }, 'vault://x#y'],
  ['${A:x}', { A: '1' }, 'reference/bad-syntax 0-6'],
  ['${A:-b', {}, 'reference/bad-syntax 0-6'],
  ['${A:-${B}}', {}, 'reference/bad-syntax 0-9'],
  ['vault://x/${A}#y', { A: '1' }, 'from the vault'],
  ['vault://x/${NOPE}#y', {}, 'reference/unset-variable 10-17'],
  ['op://v/i/f', {}, ''],
  ['FILE:///x', {}, 'FILE:///x'],
  ['see file:///x', {}, 'see file:///x'],
  ['file:///nowhere/at/all', {}, 'reference/file 0-22'],
  ['file:///', {}, 'reference/file 0-8'],
])('resolves %s with %j to %s', (text, env, result) => {
  expect(resolveText(text, env)).toBe(result);
});

test('reads files relative to the file that names them, and below the home folder, without the blanks around', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mxcp-ts-references-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'a.txt'), '  hi there \n\n');
  writeFileSync(join(folder, 'home/b.txt'), '');
  writeFileSync(join(folder, 'latin1.txt'), Buffer.from([0xe9]));
  const read = (text: string) => resolveText(text, { NAME: 'a' }, join(folder, 'config.yml'), join(folder, 'home'));
  expect(
    ['file://a.txt', 'file://./${NAME}.txt', `file://${folder}/a.txt`, 'file://~/b.txt', 'file://latin1.txt'].map(read),
  ).toEqual(['hi there', 'hi there', 'hi there', '', 'reference/file 0-17']);
});
