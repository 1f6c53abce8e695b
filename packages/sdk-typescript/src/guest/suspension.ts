/**
 * What a question to the client rejects with while nobody knows its answer: the call is over, and the handler runs again
 * when the answer is there. No Error, so that what is written for errors lets it pass.
 */
export class Suspension {
  readonly message = 'The call waits for its client. It runs again, from the top, with the answer.';

  toString(): string {
    return this.message;
  }
}
