/** Why mxcp-ts cannot continue. Ends a command with one line and exit code 2; never for findings in the project's files. */
export type MxcpErrorCode =
  | 'no-project'
  | 'usage'
  | 'not-found'
  | 'port-taken'
  | 'database-locked'
  | 'database-open'
  | 'unreadable'
  | 'socket-taken'
  | 'invalid-project'
  | 'exists';

export class MxcpError extends Error {
  override readonly name = 'MxcpError';
  readonly code: MxcpErrorCode;
  /** What the person can do about it. */
  readonly hint: string | undefined;

  constructor(code: MxcpErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
