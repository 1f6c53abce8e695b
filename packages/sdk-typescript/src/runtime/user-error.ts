/** An error whose message reaches the caller. The message of any other error stays in the log. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Recognized by this field, because a package of the project may bring a copy of this class. */
  readonly isForUser = true;
}
