/** An error whose message reaches the caller. The message of any other error stays in the log. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Recognized by this field, because a package of the project may bring a copy of this class. */
  readonly isForUser = true;
  /** Of JSON-RPC: MCP clients then get an error of the protocol instead of a result that says it failed. */
  declare readonly protocolCode?: number;

  constructor(message?: string, options: ErrorOptions & { readonly protocolCode?: number } = {}) {
    super(message, options);
    if (options.protocolCode !== undefined) this.protocolCode = options.protocolCode;
  }
}
