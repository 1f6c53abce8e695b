import type { WrittenTables } from './sql/written-tables.ts';

type Listener = (tables: WrittenTables) => void;

/** Who wants to know of writes; the thread tells of them only while there is somebody. */
export class WriteListeners {
  readonly #listeners = new Set<Listener>();
  readonly #watch: (isOn: boolean) => void;

  constructor(watch: (isOn: boolean) => void) {
    this.#watch = watch;
  }

  /** @returns what ends it */
  add(listener: Listener): () => void {
    // One function may be given twice.
    const own: Listener = tables => listener(tables);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#watch(true);
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#watch(false);
    };
  }

  tell(tables: WrittenTables): void {
    for (const listener of [...this.#listeners]) listener(tables);
  }
}
