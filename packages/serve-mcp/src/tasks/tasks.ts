import {
  type CallToolResult,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { CallContext } from '@mxcp-ts/engine';
import type { Caller } from '../calls/caller.ts';
import { readEnvelope } from '../calls/envelope.narrow.ts';
import { describeTask, describeTaskInDetail } from './describe-task.ts';
import { runTask, type TaskRun } from './run-task.ts';
import { tasksExtension } from './task.ts';
import { taskParams } from './task-params.ts';
import { type TaskLimits, TaskStore } from './task-store.ts';

export interface TaskOptions extends TaskLimits {
  /** How often clients should look. */
  readonly pollIntervalMs: number;
}

/** The tasks of one server: makes them, runs them, answers questions about them. */
export class Tasks {
  readonly #options: TaskOptions;
  readonly #store: TaskStore;

  constructor(options: TaskOptions) {
    this.#options = options;
    this.#store = new TaskStore(options);
  }

  /** Starts a task and describes it: the answer to the call. Undefined when too many run. */
  start(run: TaskRun, caller: Caller): CallToolResult | undefined {
    const task = this.#store.create(ownerOf(run.context));
    if (task === undefined) return undefined;
    void runTask(task, run, caller);
    return { ...describeTask(task, this.#options.pollIntervalMs), resultType: 'task', content: [] };
  }

  /** Answers `tasks/get`, `tasks/update` and `tasks/cancel`. */
  serve(server: Server, describe: (ctx: ServerContext) => CallContext): void {
    const owner = (ctx: ServerContext) => ownerOf(describe(ctx));
    server.setRequestHandler('tasks/get', { params: taskParams }, ({ taskId }, ctx) => {
      requireTasks(ctx, 'tasks/get');
      const task = this.#store.find(taskId, owner(ctx));
      if (task === undefined) throw unknownTask(taskId);
      return describeTaskInDetail(task, this.#options.pollIntervalMs);
    });
    server.setRequestHandler('tasks/update', { params: taskParams }, ({ taskId }, ctx) => {
      requireTasks(ctx, 'tasks/update');
      // The SDK takes them out of the parameters of every request.
      const { inputResponses } = ctx.mcpReq;
      if (inputResponses === undefined)
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, '`inputResponses` is an object: answers by name.');
      if (!this.#store.answer(taskId, owner(ctx), inputResponses)) throw unknownTask(taskId);
      return { resultType: 'complete' };
    });
    server.setRequestHandler('tasks/cancel', { params: taskParams }, ({ taskId }, ctx) => {
      requireTasks(ctx, 'tasks/cancel');
      if (!this.#store.cancel(taskId, owner(ctx))) throw unknownTask(taskId);
      return { resultType: 'complete' };
    });
  }

  close(): void {
    this.#store.close();
  }
}

/** Whether the client of this request takes a task for an answer. */
export function knowsTasks({ mcpReq: { envelope } }: ServerContext): boolean {
  if (envelope === undefined) return false;
  return readEnvelope(envelope).capabilities?.extensions?.[tasksExtension] !== undefined;
}

/** The error for a client that would have to know tasks; those of 2025 have no code for it. */
export function needsTasks({ mcpReq }: ServerContext, message: string): ProtocolError {
  if (mcpReq.envelope === undefined) return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
  const requiredCapabilities = { extensions: { [tasksExtension]: {} } };
  return new MissingRequiredClientCapabilityError({ requiredCapabilities }, message);
}

function requireTasks(ctx: ServerContext, method: string): void {
  // The extension is one of 2026; other clients are told what they are told of any method that does not exist.
  if (ctx.mcpReq.envelope === undefined)
    throw new ProtocolError(ProtocolErrorCode.MethodNotFound, `Method not found: ${method}`);
  if (!knowsTasks(ctx)) throw needsTasks(ctx, `${method} needs a client that declares ${tasksExtension}.`);
}

function ownerOf({ user }: CallContext): string | undefined {
  return user === undefined ? undefined : JSON.stringify([user.provider, user.user_id]);
}

function unknownTask(id: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no task ${JSON.stringify(id)} (any more).`);
}
