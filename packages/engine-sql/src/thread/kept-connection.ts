import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { StatementType } from '@duckdb/node-api';

const maxKeptStatements = 256;

export interface KeptStatement {
  readonly statement: DuckDBPreparedStatement;
  readonly parameters: readonly StatementParameter[];
  readonly isWrite: boolean;
}

export interface StatementParameter {
  /** 1-based, as DuckDB counts. */
  readonly index: number;
  /** As DuckDB gives it, in the case it was first written; digits for `?` and `$1`. */
  readonly name: string;
  readonly isJson: boolean;
}

const reading: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.EXPLAIN,
  StatementType.PREPARE,
  StatementType.SET,
  StatementType.VARIABLE_SET,
  StatementType.LOAD,
  StatementType.PRAGMA,
  StatementType.TRANSACTION,
]);

/** A connection with the statements that were prepared on it. Used by one job at a time. */
export class KeptConnection {
  readonly connection: DuckDBConnection;
  /** Set when a statement changed the session (SET, USE) or may have left it in a transaction: it is not handed out again. */
  isDirty = false;
  /** In order of last use, the oldest first. */
  readonly #statements = new Map<string, KeptStatement>();
  /** The latest statement that is not kept; freed when the next one is made. */
  #passing: KeptStatement | undefined;

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  /** The text as prepared statement, kept from earlier or made now; undefined when DuckDB splits it into several. */
  async prepare(text: string): Promise<KeptStatement | undefined> {
    const kept = this.#statements.get(text);
    if (kept !== undefined) {
      this.#statements.delete(text);
      this.#statements.set(text, kept);
      return kept;
    }
    const extracted = await this.connection.extractStatements(text);
    if (extracted.count !== 1) return undefined;
    const statement = describeStatement(await extracted.prepare(0));
    this.#keep(text, statement);
    return statement;
  }

  close(): void {
    for (const { statement } of this.#statements.values()) statement.destroySync();
    this.#statements.clear();
    this.#passing?.statement.destroySync();
    this.connection.disconnectSync();
  }

  #keep(text: string, statement: KeptStatement): void {
    if (statement.parameters.length > 0) {
      this.#statements.set(text, statement);
      this.#forgetOldest();
      return;
    }
    // DuckDB 1.5 (duckdb#23704) plans a statement without parameters once, on the statistics of that moment: run again
    // after inserts it gives wrong rows. With parameters it is planned anew for every run.
    this.#passing?.statement.destroySync();
    this.#passing = statement;
  }

  #forgetOldest(): void {
    if (this.#statements.size <= maxKeptStatements) return;
    for (const [text, { statement }] of this.#statements) {
      statement.destroySync();
      this.#statements.delete(text);
      return;
    }
  }
}

/** What has to be known of a prepared statement to bind and run it. */
export function describeStatement(statement: DuckDBPreparedStatement): KeptStatement {
  const parameters = Array.from({ length: statement.parameterCount }, (_, at) => ({
    index: at + 1,
    name: statement.parameterName(at + 1),
    isJson: isJsonParameter(statement, at + 1),
  }));
  return { statement, parameters, isWrite: !reading.has(statement.statementType) };
}

function isJsonParameter(statement: DuckDBPreparedStatement, index: number): boolean {
  try {
    return statement.parameterType(index).alias === 'JSON';
  } catch {
    // The driver cannot name the type of a parameter that only its value decides (`select $a`).
    return false;
  }
}
