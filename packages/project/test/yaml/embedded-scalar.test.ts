import { SourceFile } from '@mxcp-ts/diagnostics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { embeddedScalar } from '../../src/yaml/embedded-scalar.ts';
import { placeAt } from '../../src/yaml/locate.ts';
import { parseYaml } from '../../src/yaml/parse-yaml.ts';
import { scalarOf } from '../../src/yaml/yaml-file.ts';

/** The text at `tool.code` of a file. */
function codeOf(text: string) {
  const source = new SourceFile('a.yml', text);
  const file = parseYaml(source, () => undefined, '/');
  const place = file?.root && placeAt({ file, node: file.root }, ['tool', 'code']);
  const scalar = place && scalarOf(place.file, place.node);
  if (scalar === undefined) throw new Error(`no code in ${text}`);
  return { source, embedded: embeddedScalar(source, scalar) };
}

function stretch(file: string, needle: string): string {
  const { source, embedded } = codeOf(file);
  const start = embedded.text.indexOf(needle);
  const span = embedded.spanOf(start, start + needle.length);
  const { line, column } = source.positionAt(span.start);
  return `${line}:${column} ${JSON.stringify(source.text.slice(span.start, span.end))}`;
}

describe('the place of a word of embedded text', () => {
  test.each([
    ['a literal block', 'tool:\n  code: |\n    select a\n      from regon\n', 'regon', '4:12 "regon"'],
    ['a literal block after blank lines', 'tool:\n  code: |\n\n\n    select regon\n', 'regon', '5:12 "regon"'],
    ['a stripped block', 'tool:\n  code: |-\n    select regon', 'regon', '3:12 "regon"'],
    ['a kept block', 'tool:\n  code: |+ # why\n    select regon\n\n', 'regon', '3:12 "regon"'],
    [
      'a block with an indentation of its own',
      'tool:\n  code: |2\n      indented\n    regon\n',
      'regon',
      '4:5 "regon"',
    ],
    ['a block with CRLF', 'tool:\r\n  code: |\r\n    select\r\n    regon\r\n', 'regon', '4:5 "regon"'],
    ['a stretch over two lines', 'tool:\n  code: |\n    a bc\n    de f\n', 'bc\nde', '3:7 "bc\\n    de"'],
    ['plain text', 'tool:\n  code: select regon # no\n', 'regon', '2:16 "regon"'],
    ['double quotes', 'tool: {code: "select regon"}', 'regon', '1:22 "regon"'],
    ['single quotes', "tool: {code: 'select regon'}", 'regon', '1:22 "regon"'],
    ['quotes with escapes: the whole', 'tool: {code: "select \\t regon"}', 'regon', '1:14 "\\"select \\\\t regon\\""'],
    [
      'folded text: the whole',
      'tool:\n  code: >\n    select\n    regon\n',
      'regon',
      '2:9 ">\\n    select\\n    regon"',
    ],
    ['plain text over two lines: the whole', 'tool:\n  code: select\n    regon\n', 'regon', '2:9 "select\\n    regon"'],
  ])('is exact in %s', (_, file, needle, place) => {
    expect(stretch(file, needle)).toBe(place);
  });
});

const line = fc.string({ unit: fc.constantFrom('a', ' ', '$', '"', "'", '#', ':', 'é', '😀', '-'), maxLength: 8 });

test('maps every character of any literal block to that very character', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('|', '|-', '|+', '|2'),
      fc.constantFrom('\n', '\r\n'),
      (lines, header, eol) => {
        const file = ['tool:', `  code: ${header}`, ...lines.map(text => `    ${text}`), 'end: 1', ''].join(eol);
        const value = String(parseDocument(file).getIn(['tool', 'code']));
        fc.pre(parseDocument(file).errors.length === 0 && parseDocument(file).hasIn(['tool', 'code']));
        const { source, embedded } = codeOf(file);
        for (let offset = 0; offset < value.length; offset += 1) {
          const { start, end } = embedded.spanOf(offset, offset + 1);
          if (value[offset] === '\n') continue;
          expect(source.text.slice(start, end)).toBe(value[offset]);
        }
      },
    ),
  );
});

test('gives places inside the file for any offsets of any text', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('|', '>', '"', "'"),
      fc.nat(60),
      fc.nat(60),
      (lines, style, from, length) => {
        const text =
          style.length === 1 && '|>'.includes(style)
            ? `${style}\n${lines.map(l => `    ${l}`).join('\n')}\n`
            : JSON.stringify(lines.join(' '));
        const file = `tool:\n  code: ${text}\n`;
        fc.pre(parseDocument(file).errors.length === 0);
        fc.pre(typeof parseDocument(file).getIn(['tool', 'code']) === 'string');
        const { source, embedded } = codeOf(file);
        const { start, end } = embedded.spanOf(from, from + length);
        expect(start).toBeGreaterThanOrEqual(file.indexOf('code:'));
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(source.text.length);
      },
    ),
  );
});
