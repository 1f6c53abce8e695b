import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';

/** The error of a request whose answer has no way to say that it failed. */
export function failureOf(
  outcome: Exclude<Outcome, { kind: 'ok' | 'input-required' | 'client-cannot' }>,
): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InternalError, describeOutcome(outcome));
}
