import { randomBytes } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import { UnfitResult } from './unfit-result.ts';

/** Answers, or throws what may be shown: the SDK sends the text of any other error to the client as it is. */
export async function answerSafely<T>(log: Log, answer: () => T | Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const incident = randomBytes(4).toString('hex');
    if (error instanceof UnfitResult) {
      log('error', `What ${error.subject} gave cannot be used (incident ${incident}). ${error.message}`);
      const message = `What ${error.subject} gave cannot be used (incident ${incident}).`;
      throw new ProtocolError(ProtocolErrorCode.InternalError, message);
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log('error', `Internal error (incident ${incident}). ${details}`);
    throw new ProtocolError(ProtocolErrorCode.InternalError, `Internal error (incident ${incident}).`);
  }
}
