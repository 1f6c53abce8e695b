import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexAtByte } from '../../src/sql/index-at-byte.ts';
import { quoteIdentifier, quoteText, quoteValue } from '../../src/sql/quote-sql.ts';
import { splitStatements } from '../../src/sql/split-statements.ts';
import { tokenizeSql } from '../../src/sql/tokenize-sql.ts';

test.each<[string, (readonly [string, string, number])[]]>([
  ['', []],
  [' ; ;; -- x\n /* ; */ ', []],
  ['select 1', [['select 1', 'SELECT', 0]]],
  [
    ' select 1 ; /* a */ insert into t values (2) -- b',
    [
      ['select 1', 'SELECT', 1],
      ['insert into t values (2)', 'INSERT', 20],
    ],
  ],
  [
    "select ';', \";\", $$;$$, $t$ ; $$ $t$, e'\\';', 'it''s;'; x",
    [
      ["select ';', \";\", $$;$$, $t$ ; $$ $t$, e'\\';', 'it''s;'", 'SELECT', 0],
      ['x', 'X', 56],
    ],
  ],
  ['select 1 /* ; /* ; */ ; */ + 2', [['select 1 /* ; /* ; */ ; */ + 2', 'SELECT', 0]]],
  ['(select 1)', [['(select 1)', '', 0]]],
  ["select 'open; and more", [["select 'open; and more", 'SELECT', 0]]],
])('splits %s', (sql, expected) => {
  expect(splitStatements(sql).map(({ text, keyword, start }) => [text, keyword, start])).toEqual(expected);
});

test.each([
  ['$a + $b1_c', ['$a', '$b1_c']],
  ['$1, $2, ?', ['$1', '$2', '?']],
  ["'$a' || \"$b\" || $$ $c $$ || e'\\'$d' -- $e\n/* $f */", []],
  ['t.a$b = $größe', ['$größe']],
])('finds the parameters of %s', (sql, names) => {
  const parameters = tokenizeSql(sql).filter(({ kind }) => kind === 'parameter');
  expect(parameters.map(({ start, end }) => sql.slice(start, end))).toEqual(names);
});

test('covers any text with tokens that neither overlap nor leave out more than blanks and comments', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', "'", '"', '$', '-', '/', '*', ';', ' ', '\n', '1', '.', 'é', '🦆') }),
      sql => {
        let last = 0;
        for (const { start, end } of tokenizeSql(sql)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(sql.length);
      },
    ),
  );
});

test('turns any byte offset of a code point into its index', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      let bytes = 0;
      let index = 0;
      for (const character of text) {
        expect(indexAtByte(text, bytes)).toBe(index);
        bytes += Buffer.byteLength(character);
        index += character.length;
      }
      expect(indexAtByte(text, bytes + 10)).toBe(text.length);
    }),
  );
});

test('quotes names, texts and values', () => {
  expect(quoteIdentifier('a"b')).toBe('"a""b"');
  expect(quoteText("it's")).toBe("'it''s'");
  expect([true, 1.5, null, ["it's"], { "k'": 1 }].map(quoteValue)).toEqual([
    'true',
    '1.5',
    'NULL',
    "['it''s']",
    "MAP {'k''': '1'}",
  ]);
});
