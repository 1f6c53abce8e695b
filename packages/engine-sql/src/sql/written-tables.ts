import type { SqlStatement } from './split-statements.ts';
import type { SqlToken } from './tokenize-sql.ts';

/** Names in lower case, without database and schema; `any`: it cannot be told which. */
export type WrittenTables = ReadonlySet<string> | 'any';

/** The tables and views that running the statements may change: rather one too many than one too few. Of queries none. */
export function writtenTables(statements: readonly SqlStatement[]): WrittenTables {
  const all = new Set<string>();
  for (const statement of statements) {
    const words = wordsOf(statement);
    const tables = tablesOf(words, statement.keyword);
    if (tables === 'any') return 'any';
    for (const table of tables) all.add(table);
  }
  return all;
}

/** A token: as a keyword in upper case, and as a name, where it can be one. */
interface Word {
  readonly keyword: string;
  readonly name: string | undefined;
}

type Tables = readonly string[] | 'any';

const none: readonly string[] = [];

const changesNoTable: ReadonlySet<string> = new Set(
  `SELECT FROM VALUES TABLE DESCRIBE DESC SUMMARIZE SHOW PIVOT UNPIVOT SET RESET USE PREPARE DEALLOCATE BEGIN START COMMIT END
  ROLLBACK ABORT CHECKPOINT FORCE VACUUM ANALYZE INSTALL LOAD EXPORT COMMENT`.split(/\s+/),
);

// A handler that looks at its tables must not count as a change of them: its readers would be told to read again, for ever.
const readingPragmas: ReadonlySet<string> = new Set(
  `TABLE_INFO SHOW SHOW_TABLES SHOW_TABLES_EXPANDED SHOW_DATABASES DATABASE_LIST DATABASE_SIZE STORAGE_INFO METADATA_INFO VERSION
  PLATFORM USER_AGENT COLLATIONS FUNCTIONS EXTENSION_VERSIONS`.split(/\s+/),
);

function tablesOf(words: readonly Word[], keyword: string): Tables {
  // Only a query can begin with a parenthesis.
  if (keyword === '' || changesNoTable.has(keyword)) return none;
  switch (keyword) {
    case 'WITH':
      return ofMainPart(words);
    case 'EXPLAIN':
      return ofExplained(words);
    case 'INSERT':
    case 'MERGE':
      return tableAfter(words, 'INTO');
    case 'UPDATE':
      return tableAfter(words, 'UPDATE');
    case 'DELETE':
      return tableAfter(words, 'FROM');
    case 'TRUNCATE':
      return tableAfter(words, words[1]?.keyword === 'TABLE' ? 'TABLE' : 'TRUNCATE');
    case 'COPY':
      return ofCopy(words);
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
      return ofDefinition(words, keyword);
    case 'PRAGMA':
      return readingPragmas.has(words[1]?.keyword ?? '') ? none : 'any';
    default:
      return 'any';
  }
}

/** What stands behind the named queries: `WITH name (columns) AS MATERIALIZED (query), … INSERT …`. */
function ofMainPart(words: readonly Word[]): Tables {
  const second = words[2];
  // A named query may have the name of a statement, and even this one.
  let at = words[1]?.keyword === 'RECURSIVE' && second?.name !== undefined && second.keyword !== 'AS' ? 2 : 1;
  for (;;) {
    const as = indexAtTop(words, at + 1, 'AS');
    const body = as === -1 ? -1 : indexAtTop(words, as + 1, '(');
    const end = body === -1 ? -1 : indexAtTop(words, body, ')');
    if (end === -1) return 'any';
    const next = words[end + 1];
    if (next?.keyword !== ',') return tablesOf(words.slice(end + 1), next?.name === undefined ? '' : next.keyword);
    at = end + 2;
  }
}

/** Where a keyword stands from `from` on outside of parentheses, which belong to the outside themselves; -1: nowhere. */
function indexAtTop(words: readonly Word[], from: number, keyword: string): number {
  let depth = 0;
  for (let at = from; at < words.length; at += 1) {
    const word = words[at]?.keyword;
    if (word === ')') depth -= 1;
    if (depth === 0 && word === keyword) return at;
    if (word === '(') depth += 1;
  }
  return -1;
}

/** EXPLAIN runs what it explains only with ANALYZE, `EXPLAIN ANALYZE …` or `EXPLAIN (ANALYZE, …) …`. */
function ofExplained(words: readonly Word[]): Tables {
  const isList = words[1]?.keyword === '(';
  const head = isList ? words.findIndex(({ keyword }) => keyword === ')') + 1 : 2;
  if (!words.slice(0, head).some(({ keyword }) => keyword === 'ANALYZE')) return none;
  const rest = words.slice(words[head]?.keyword === 'VERBOSE' ? head + 1 : head);
  return tablesOf(rest, rest[0]?.name === undefined ? '' : rest[0].keyword);
}

function ofCopy(words: readonly Word[]): Tables {
  if (words[1]?.keyword === '(') return none;
  let depth = 0;
  for (const { keyword } of words) {
    if (keyword === '(') depth += 1;
    if (keyword === ')') depth -= 1;
    if (depth === 0 && keyword === 'TO') return words[1]?.keyword === 'FROM' ? 'any' : none;
    if (depth === 0 && keyword === 'FROM' && words[1]?.keyword !== 'FROM') return tableAfter(words, 'COPY');
  }
  return 'any';
}

const howCreated: ReadonlySet<string> = new Set(
  'OR REPLACE TEMP TEMPORARY LOCAL GLOBAL UNLOGGED PERSISTENT RECURSIVE MATERIALIZED UNIQUE'.split(' '),
);
const withoutRows: ReadonlySet<string> = new Set('INDEX SEQUENCE TYPE MACRO FUNCTION SECRET'.split(' '));

function ofDefinition(words: readonly Word[], keyword: string): Tables {
  const thing = words.slice(1).find(word => !howCreated.has(word.keyword))?.keyword ?? '';
  if (withoutRows.has(thing) || (thing === 'SCHEMA' && keyword === 'CREATE')) return none;
  if (thing !== 'TABLE' && thing !== 'VIEW') return 'any';
  const tables = tableAfter(words, thing);
  const rename = keyword === 'ALTER' ? words.findIndex(word => word.keyword === 'RENAME') : -1;
  if (tables === 'any' || words[rename + 1]?.keyword !== 'TO') return tables;
  const renamed = tableAfter(words.slice(rename), 'TO');
  return renamed === 'any' ? 'any' : [...tables, ...renamed];
}

/** The table whose name comes after the first `keyword`. */
function tableAfter(words: readonly Word[], keyword: string): Tables {
  let at = words.findIndex(word => word.keyword === keyword) + 1;
  if (at === 0) return 'any';
  const [first, second] = [words[at]?.keyword, words[at + 1]?.keyword];
  if (first === 'ONLY') at += 1;
  else if (first === 'IF' && second === 'EXISTS') at += 2;
  else if (first === 'IF' && second === 'NOT') at += 3;
  while (words[at + 1]?.keyword === '.') at += 2;
  const name = words[at]?.name;
  return name === undefined ? 'any' : [name.toLowerCase()];
}

function wordsOf({ text, start, tokens }: SqlStatement): Word[] {
  return tokens.map(token => wordOf(token, text.slice(token.start - start, token.end - start)));
}

/** DuckDB takes a string for a name too: `INSERT INTO 'flights'`. */
function wordOf({ kind }: SqlToken, text: string): Word {
  if (kind === 'word') return { keyword: text.toUpperCase(), name: text };
  if (kind === 'quoted') return { keyword: '', name: text.slice(1, -1).replaceAll('""', '"') };
  if (kind === 'string' && text.startsWith("'")) return { keyword: '', name: text.slice(1, -1).replaceAll("''", "'") };
  return { keyword: kind === 'symbol' ? text : '', name: undefined };
}
