import {
  type ColumnBatch,
  type DatabaseRefusal,
  type ExecuteOutcome,
  type SqlCaller,
  sqlCallerOf,
} from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import type { ResolvedGuestOptions } from './guest-options.ts';
import type { PendingCall } from './pending-calls.ts';
import type { GuestError, GuestQuestion } from './protocol.ts';

/** The line that answers a question, and the raw bytes that follow it. */
export interface ReplyLine {
  readonly line: string;
  readonly bytes?: Uint8Array;
}

export interface Asker {
  /** Undefined in hooks, and when the call is over. */
  readonly call: PendingCall | undefined;
  /** Aborted when the call is cancelled or over, or the guest is gone. */
  readonly signal: AbortSignal;
  /** Offers a function of the guest for the time when the database is closed. */
  readonly requestReload: (description: string, payload: number | undefined) => string | undefined;
  /** The raw bytes that came with the question. */
  readonly bytes: Uint8Array | undefined;
}

type Answer =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly error: GuestError }
  | ExecuteOutcome;

/** Answers one question of a guest. Never rejects: a defect of the host becomes an error in user code. */
export async function answerQuestion(
  question: GuestQuestion,
  asker: Asker,
  options: Pick<ResolvedGuestOptions, 'services' | 'log'>,
): Promise<ReplyLine> {
  try {
    return replyOf(question.id, await answer(question, asker, options.services));
  } catch (error) {
    const details = error instanceof Error ? error.stack : String(error);
    options.log('error', `A question of user code (${question.type}) failed inside the host: ${details}`);
    return replyOf(question.id, failed('InternalError', 'The host could not answer; see its log.'));
  }
}

async function answer(
  question: GuestQuestion,
  asker: Asker,
  services: ResolvedGuestOptions['services'],
): Promise<Answer> {
  const { database } = services;
  const { signal } = asker;
  switch (question.type) {
    case 'execute':
      return database.execute({ ...statementOf(question, asker, services), signal });
    case 'begin': {
      const begun = await database.begin({ signal, caller: callerOf(asker) });
      return begun.kind === 'begun' ? answerOf(begun.transaction) : begun;
    }
    case 'end': {
      const ended = await database.end(question.transaction, question.how);
      return ended.kind === 'ended' ? answerOf(null) : ended;
    }
    case 'stream': {
      const { batchRows } = question;
      const opened = await database.openStream({ ...statementOf(question, asker, services), batchRows, signal });
      if (opened.kind !== 'opened') return opened;
      return answerOf(opened.stream);
    }
    case 'fetch': {
      const fetched = await database.fetch(question.stream);
      return fetched.kind === 'end' ? answerOf(null) : fetched;
    }
    case 'close-stream':
      database.closeStream(question.stream);
      return answerOf(null);
    case 'append': {
      const { table, how, transaction } = question;
      const appended = await database.append({ table, how, transaction, rows: rowsOf(question, asker), signal });
      return appended.kind === 'appended' ? answerOf(appended.rows) : appended;
    }
    case 'session':
      return answerSession(question, asker, services);
    case 'ask':
      return answerAsk(question, asker);
    case 'reload':
      if (services.requestReload === undefined) return failed('RuntimeError', 'Nothing can be reloaded here.');
      return answerReload(asker.requestReload(question.description, question.payload));
  }
}

function answerAsk({ key, request }: Extract<GuestQuestion, { type: 'ask' }>, { call }: Asker): Answer {
  const answer = call?.ask?.(key, request);
  switch (answer?.kind) {
    case 'answer':
      return answerOf({ answer: answer.value });
    case 'waiting':
      return answerOf({ waiting: true });
    case 'client-cannot':
      return failed('ClientCannot', answer.message);
    case 'refused':
      return failed('ValueError', answer.message);
    case undefined:
      return failed('RuntimeError', 'There is no call whose client could be asked.');
  }
}

function answerReload(refusal: string | undefined): Answer {
  return refusal === undefined ? answerOf(null) : failed('RuntimeError', refusal);
}

function statementOf(
  { sql, params, transaction }: Extract<GuestQuestion, { type: 'execute' | 'stream' }>,
  asker: Asker,
  { rows }: ResolvedGuestOptions['services'],
) {
  const caller = callerOf(asker);
  return { sql, format: rows, transaction, caller, ...(params !== undefined && { parameters: params }) };
}

function callerOf({ call }: Asker): SqlCaller | undefined {
  return call?.context === undefined ? undefined : sqlCallerOf(call.context);
}

function rowsOf(
  question: Extract<GuestQuestion, { type: 'append' }>,
  { bytes }: Asker,
): ColumnBatch | { json: string } {
  if ('rows' in question) return { json: JSON.stringify(question.rows) };
  return { rows: question.count, columns: question.columns, bytes: bytes ?? new Uint8Array() };
}

function answerSession(
  { do: action, key = '', value = null }: Extract<GuestQuestion, { type: 'session' }>,
  { call }: Asker,
  { sessions }: ResolvedGuestOptions['services'],
): Answer {
  const session = call?.context?.session;
  if (session === undefined) {
    const why = 'This caller has no session: it is anonymous, and each of its requests stands alone.';
    return failed('RuntimeError', `${why} Session data needs a client with a session, or authentication.`);
  }
  switch (action) {
    case 'get': {
      const found = sessions.get(session, key);
      return answerOf({ found: found !== undefined, value: found ?? null });
    }
    case 'set': {
      const refusal = sessions.set(session, key, value);
      return refusal === undefined ? answerOf(null) : failed('ValueError', refusal);
    }
    case 'delete':
      sessions.delete(session, key);
      return answerOf(null);
    case 'keys':
      return answerOf([...sessions.keys(session)]);
  }
}

function answerOf(value: JsonValue): Answer {
  return { kind: 'value', value };
}

function failed(type: string, message: string): Answer {
  return { kind: 'error', error: { type, message } };
}

function replyOf(id: number, reply: Answer): ReplyLine {
  switch (reply.kind) {
    case 'value':
      return { line: `{"type":"reply","id":${id},"ok":true,"value":${JSON.stringify(reply.value)}}` };
    case 'rows':
      // Rows are already JSON; parsing and printing megabytes twice would be the largest cost.
      return { line: `{"type":"reply","id":${id},"ok":true,"rows":${reply.json}}` };
    case 'columns': {
      const { rows, columns, bytes } = reply.batch;
      const head = `{"type":"reply","id":${id},"ok":true,"count":${rows},"columns":${JSON.stringify(columns)}`;
      return { line: `${head},"bytes":${bytes.length}}`, bytes };
    }
    default:
      return { line: JSON.stringify({ type: 'reply', id, ok: false, error: errorOf(reply) }) };
  }
}

function errorOf(refusal: DatabaseRefusal | Extract<Answer, { kind: 'error' }>): GuestError {
  if (refusal.kind === 'aborted') return { type: 'Interrupt', message: 'The statement was interrupted.' };
  return refusal.error;
}
