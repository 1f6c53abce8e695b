/** Something wrong with a type itself, before any value meets it. */
export interface TypeFinding {
  readonly code:
    | 'type/bad-default'
    | 'type/bad-example'
    | 'type/bad-enum'
    | 'type/contradiction'
    | 'type/bad-pattern'
    | 'type/misplaced-keyword';
  /** Keys and indexes from the type to what is wrong: `['properties', 'limit', 'default']`. */
  readonly path: readonly (string | number)[];
  /** A sentence with a full stop. Never holds the default or the example itself. */
  readonly message: string;
}
