import type { AdminClient } from '@mxcp-ts/admin';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { Outcome } from '@mxcp-ts/runtime';
import { type Call, commandLineClient, type EndedCall, type MakeCall } from './call.ts';

/** Has the running server make the call. A reload that the call asks for is the server's: it goes on after the answer. */
export async function callThere(
  server: AdminClient,
  call: Call,
  untilAnswered: (make: MakeCall) => Promise<Outcome>,
): Promise<EndedCall> {
  const { endpoint, args, caller, isResultUnchecked, signal } = call;
  const context = { ...caller, client: commandLineClient() };
  const body = { endpoint, args, context, ...(isResultUnchecked && { skip_output_validation: true }) };
  try {
    const outcome = await untilAnswered(answers => {
      const isFirst = Object.keys(answers).length === 0;
      return server.call('POST /invoke', isFirst ? body : { ...body, answers }, signal);
    });
    if (outcome.kind !== 'not-found') return { outcome, failedReloads: [] };
  } catch (error) {
    if (signal.aborted) return { outcome: { kind: 'cancelled' }, failedReloads: [] };
    throw error;
  }
  throw new MxcpError(
    'not-found',
    `The running server (PID ${server.status.pid}) does not serve this ${endpoint.split(':')[0]}.`,
    {
      hint: 'It serves the project as it was when it was read last: `mxcp-ts reload` reads it again.',
    },
  );
}
