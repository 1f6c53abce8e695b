/** What the `read…` functions of this folder answer instead of a value; a class, so that no JSON value can be one. */
export class Refusal {
  /** Ends a sentence about the argument: "must be an integer". */
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
