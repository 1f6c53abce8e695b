/** A number that the declared type cannot hold without losing digits. Thrown from the middle of a result. */
export class InexactNumber extends Error {
  override readonly name = 'InexactNumber';
  readonly typeName: string;
  /** From the value outwards: the innermost place first. */
  readonly path: (string | number)[] = [];

  constructor(typeName: string) {
    super(`A ${typeName} does not fit into a JSON number.`);
    this.typeName = typeName;
  }
}

/** Runs `render`; when it meets an inexact number, notes that it lies below `key`. */
export function below<T>(key: string | number, render: () => T): T {
  try {
    return render();
  } catch (error) {
    if (error instanceof InexactNumber) error.path.push(key);
    throw error;
  }
}
