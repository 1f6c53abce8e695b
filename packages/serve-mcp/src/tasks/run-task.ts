import { setTimeout } from 'node:timers/promises';
import { type CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { CallContext, ClientChannel } from '@mxcp-ts/engine';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { Caller } from '../calls/caller.ts';
import { capabilitiesFor } from '../calls/client-info.ts';
import type { Answers } from '../calls/sealed-state.ts';
import { PendingInput } from './pending-input.ts';
import type { TaskError } from './task.ts';
import type { LiveTask } from './task-store.ts';

export interface TaskRun {
  readonly endpoint: string;
  readonly args: unknown;
  readonly context: CallContext;
  readonly answers: Answers | undefined;
  /** Whether the call may be made again after its guest has died with it: it changes nothing, or nothing more. */
  readonly isRepeatable: boolean;
  /** @throws ProtocolError for what is no result of the tool */
  readonly render: (outcome: Exclude<Outcome, { kind: 'input-required' | 'client-cannot' }>) => CallToolResult;
}

/** How often a call is made again that was lost with its guest. */
const maxRepeats = 5;

/** Runs a task to its end; never rejects. */
export async function runTask(task: LiveTask, run: TaskRun, caller: Caller): Promise<void> {
  try {
    const outcome = await call(task, run, caller);
    if (outcome === undefined || outcome.kind === 'cancelled') return task.move({ status: 'cancelled' });
    if (outcome.kind === 'client-cannot') {
      const data = { requiredCapabilities: capabilitiesFor(outcome.abilities) };
      const code = ProtocolErrorCode.MissingRequiredClientCapability;
      return task.move({ status: 'failed', error: { code, message: describeOutcome(outcome), data } });
    }
    task.move({ status: 'completed', result: run.render(outcome) });
  } catch (error) {
    task.move({ status: 'failed', error: errorOf(error) });
  }
}

type Ending = Exclude<Outcome, { kind: 'input-required' }>;

/** Undefined when the task is given up while it waits. */
async function call(task: LiveTask, run: TaskRun, caller: Caller): Promise<Ending | undefined> {
  const input = new PendingInput(task);
  let { answers } = run;
  let repeats = 0;
  for (;;) {
    const { endpoint, args, context } = run;
    const more = answers === undefined ? {} : { answers };
    const outcome = await caller.run({
      endpoint,
      args,
      context,
      signal: task.signal,
      client: channelOf(task),
      ...more,
    });
    if (outcome.kind === 'input-required') {
      const received = await input.collect(outcome.requests);
      if (received === undefined) return undefined;
      answers = { ...outcome.answered, ...received };
    } else if (outcome.kind === 'unavailable' && run.isRepeatable && repeats < maxRepeats) {
      repeats += 1;
      await setTimeout(outcome.retryAfterMs, undefined, { signal: task.signal }).catch(() => {});
    } else {
      return outcome;
    }
  }
}

/** Clients see progress as the message of the state; tasks have no stream for anything else. */
function channelOf(task: LiveTask): ClientChannel {
  return {
    progress(progress, total, message) {
      const count = total === undefined ? `${progress}` : `${progress} of ${total}`;
      task.move({ status: 'working', message: message === undefined ? count : `${message} (${count})` });
    },
    log() {},
  };
}

function errorOf(error: unknown): TaskError {
  if (!(error instanceof ProtocolError))
    return { code: ProtocolErrorCode.InternalError, message: 'The task ended in an internal error.' };
  const { code, message, data } = error;
  return { code, message, ...(data !== undefined && { data }) };
}
