import type { WrittenTables } from '../sql/written-tables.ts';
import type { SqlSource } from './sql-source.ts';

/** What a transaction that is still open has written. */
export class PendingWrites {
  readonly #names = new Set<string>();
  #isAny = false;
  #endsItself = false;

  add(source: SqlSource): void {
    if (source.transaction === 'own') this.#endsItself = true;
    const written = source.written();
    if (written === 'any') this.#isAny = true;
    else for (const name of written) this.#names.add(name);
  }

  /** @param path - as `readTableName` gives it */
  addTable(path: readonly string[]): void {
    for (const name of path.slice(-1)) this.#names.add(name.toLowerCase());
  }

  get tables(): WrittenTables {
    return this.#isAny ? 'any' : this.#names;
  }

  /** What may be committed even when the transaction is rolled back: its code may have run COMMIT itself. */
  get committed(): WrittenTables {
    return this.#endsItself ? this.tables : new Set();
  }
}
