import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';

/** The error of a request whose answer has no way to say that it failed. */
export function failureOf(
  outcome: Exclude<Outcome, { kind: 'ok' | 'input-required' | 'client-cannot' }>,
): ProtocolError {
  const code = outcome.kind === 'handler-failed' ? outcome.protocolCode : undefined;
  return new ProtocolError(code ?? ProtocolErrorCode.InternalError, describeOutcome(outcome));
}
