import { LOG_LEVEL_META_KEY, type ServerContext } from '@modelcontextprotocol/server';
import type { ClientChannel, Log } from '@mxcp-ts/engine';
import { type Highest, type Progress, ProgressReports } from './progress-reports.ts';

/** What a handler can tell the client of one call, until the call is over. */
export interface CallChannel {
  readonly client: ClientChannel;
  /** Sends what was held back, unless the client has given up. Nothing is sent after this. */
  end(): void;
}

type Request = ServerContext['mcpReq'];

/** Undefined for the ordinary request, whose client wants to hear nothing but the result. */
export function openCallChannel(request: Request, endpoint: string, log: Log): CallChannel | undefined {
  const token = request._meta?.progressToken;
  const wantsLogs = wantsLogMessages(request);
  if (token === undefined && !wantsLogs) return undefined;
  const lose = (error: unknown) => log('debug', `A message to the client was lost. ${String(error)}`, { endpoint });
  const reports = token === undefined ? undefined : reportsOf(request, sendProgress(request, token, lose));
  let isOver = false;
  let hasWarned = false;
  return {
    client: {
      progress(progress, total, message) {
        if (reports === undefined || reports.report({ progress, total, message }) || hasWarned) return;
        hasWarned = true;
        log('debug', `Progress must increase; ${progress} does not and was left out, as are others like it.`, {
          endpoint,
        });
      },
      log(level, data, logger) {
        if (!wantsLogs || isOver || request.signal.aborted) return;
        request.log(level, data, logger).catch(lose);
      },
    },
    end() {
      isOver = true;
      reports?.end({ isHeard: !request.signal.aborted });
    },
  };
}

/**
 * A client of 2025 that is asked something waits for the same request while its handler runs again: its progress goes on
 * from where it was. The SDK keeps the signal of the request over all these runs.
 */
const highestBySignal = new WeakMap<AbortSignal, Highest>();

function reportsOf({ signal }: Request, send: (progress: Progress) => void): ProgressReports {
  const highest = highestBySignal.get(signal) ?? { value: Number.NEGATIVE_INFINITY };
  highestBySignal.set(signal, highest);
  return new ProgressReports(send, highest);
}

/** Clients of 2026 ask with each request. Those of 2025 ask once per session, which the SDK remembers. */
function wantsLogMessages({ envelope }: Request): boolean {
  return envelope === undefined || Object.hasOwn(envelope, LOG_LEVEL_META_KEY);
}

function sendProgress(request: Request, progressToken: string | number, lose: (error: unknown) => void) {
  return ({ progress, total, message }: Progress) => {
    if (request.signal.aborted) return;
    const params = {
      progressToken,
      progress,
      ...(total !== undefined && Number.isFinite(total) && { total }),
      ...(message !== undefined && { message }),
    };
    request.notify({ method: 'notifications/progress', params }).catch(lose);
  };
}
