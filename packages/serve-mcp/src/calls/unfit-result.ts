/** What a handler gave cannot be used: its author's mistake. The message says why and is for the log, not for the client. */
export class UnfitResult extends Error {
  /** As the log names it: `the prompt briefing`. */
  readonly subject: string;

  constructor(subject: string, message: string) {
    super(message);
    this.subject = subject;
  }
}
