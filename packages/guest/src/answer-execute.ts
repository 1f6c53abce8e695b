import type { GuestExecuteReply, GuestExecuteRequest, ResolvedGuestOptions } from './guest-options.ts';

/** The line that answers one `execute` of a guest. Never rejects: a defect of the host becomes an error in user code. */
export async function answerExecute(
  id: number,
  request: GuestExecuteRequest,
  { execute, log }: Pick<ResolvedGuestOptions, 'execute' | 'log'>,
): Promise<string> {
  try {
    return replyLine(id, await execute(request));
  } catch (error) {
    log('error', `db.execute failed inside the host: ${error instanceof Error ? error.stack : String(error)}`);
    return replyLine(id, { ok: false, error: { type: 'InternalError', message: 'The database could not be asked.' } });
  }
}

/** Rows are already JSON; they are spliced in, because parsing and printing megabytes twice would be the largest cost. */
function replyLine(id: number, reply: GuestExecuteReply): string {
  if (!reply.ok) return JSON.stringify({ type: 'reply', id, ok: false, error: reply.error });
  return `{"type":"reply","id":${id},"ok":true,"columns":${JSON.stringify(reply.columns)},"rows":${reply.rowsJson}}`;
}
