/** The client of the call cannot be asked that. Uncaught, the caller is told what its client would have to be able to do. */
export class ClientCannotError extends Error {
  /** What the host knows it by. */
  override readonly name = 'ClientCannot';
}
