import type { WrittenTables } from '../sql/written-tables.ts';
import type { SqlSource } from './sql-source.ts';

/** Tells the serving thread what has been written, while it wants to know. */
export class WriteNotices {
  areWanted = false;
  readonly #post: (tables: WrittenTables) => void;

  constructor(post: (tables: WrittenTables) => void) {
    this.#post = post;
  }

  tell(tables: WrittenTables): void {
    if (this.areWanted && (tables === 'any' || tables.size > 0)) this.#post(tables);
  }

  tellOf(source: SqlSource): void {
    if (this.areWanted) this.tell(source.written());
  }

  /** @param path - as `readTableName` gives it */
  tellOfTable(path: readonly string[]): void {
    this.tell(new Set(path.slice(-1).map(name => name.toLowerCase())));
  }
}
