import type { OpenRefusal } from '../protocol.ts';

/** Why the database cannot be opened as the project wants it. */
export class OpenProblem extends Error {
  override readonly name = 'OpenProblem';
  readonly refusal: OpenRefusal;

  constructor(refusal: OpenRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
