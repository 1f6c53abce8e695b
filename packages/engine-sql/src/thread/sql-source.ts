import { type SqlStatement, splitStatements } from '../sql/split-statements.ts';
import { type WrittenTables, writtenTables } from '../sql/written-tables.ts';

/** A SQL text, taken apart. */
export interface SqlSource {
  readonly statements: readonly SqlStatement[];
  /**
   * `auto`: one statement, its own transaction. `ours`: several, wrapped in one transaction. `own`: the text manages
   * transactions itself or holds statements that cannot run in one.
   */
  readonly transaction: 'auto' | 'ours' | 'own';
  /** May meet another transaction in conflict. */
  readonly mayWrite: boolean;
  /** Inserts what is missing and updates what is there. */
  readonly isUpsert: boolean;
  /** Leaves something behind in the session of its connection: a setting, a temporary table, a prepared name. */
  readonly changesSession: boolean;
  /** What running it may change; worked out when first asked for. */
  readonly written: () => WrittenTables;
}

const ownTransaction: ReadonlySet<string> = new Set([
  'BEGIN',
  'START',
  'COMMIT',
  'END',
  'ROLLBACK',
  'ABORT',
  'CHECKPOINT',
  'FORCE',
  'VACUUM',
  'ATTACH',
  'DETACH',
]);

const reading: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'VALUES',
  'TABLE',
  'WITH',
  'EXPLAIN',
  'DESCRIBE',
  'SUMMARIZE',
  'SHOW',
  'PIVOT',
  'UNPIVOT',
]);

const sessionKeywords: ReadonlySet<string> = new Set(['SET', 'RESET', 'USE', 'PREPARE']);
const nothing: WrittenTables = new Set();
const temporaryThing = /^create\s+(?:or\s+replace\s+)?temp(?:orary)?\b/i;

export function compileSource(sql: string): SqlSource {
  const statements = splitStatements(sql);
  const mayWrite = statements.some(statement => !reads(statement));
  let written: WrittenTables | undefined;
  return {
    statements,
    transaction: transactionOf(statements),
    mayWrite,
    isUpsert: statements.some(({ text }) => /\bon\s+conflict\b|\binsert\s+or\b|\bmerge\s+into\b/i.test(text)),
    changesSession: statements.some(({ keyword, text }) => sessionKeywords.has(keyword) || temporaryThing.test(text)),
    written: () => {
      written ??= mayWrite ? writtenTables(statements) : nothing;
      return written;
    },
  };
}

function reads({ keyword, text }: SqlStatement): boolean {
  if (!reading.has(keyword)) return false;
  if (keyword === 'EXPLAIN') return !/\banalyze\b/i.test(text);
  return keyword !== 'WITH' || !/\b(?:insert|update|delete|merge|create)\b/i.test(text);
}

function transactionOf(statements: readonly SqlStatement[]): SqlSource['transaction'] {
  if (statements.some(({ keyword }) => ownTransaction.has(keyword))) return 'own';
  return statements.length > 1 ? 'ours' : 'auto';
}
