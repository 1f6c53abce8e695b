import type { Task } from './task.ts';

/** What a task looks like over MCP, without what its state holds: the answer to the call that made it. */
export function describeTask({ id, state, createdAtMs, updatedAtMs, ttlMs }: Task, pollIntervalMs: number) {
  const message = state.status === 'working' ? state.message : undefined;
  return {
    taskId: id,
    status: state.status,
    ...(message !== undefined && { statusMessage: message }),
    createdAt: new Date(createdAtMs).toISOString(),
    lastUpdatedAt: new Date(updatedAtMs).toISOString(),
    ttlMs,
    pollIntervalMs,
  };
}

/** The whole task: the answer to `tasks/get`. */
export function describeTaskInDetail(task: Task, pollIntervalMs: number) {
  return { resultType: 'complete' as const, ...describeTask(task, pollIntervalMs), ...detailsOf(task) };
}

function detailsOf({ state }: Task) {
  switch (state.status) {
    case 'working':
    case 'cancelled':
      return {};
    case 'input_required':
      return { inputRequests: state.requests };
    case 'completed':
      return { result: state.result };
    case 'failed':
      return { error: state.error, statusMessage: state.error.message };
  }
}
