import type { StandardSchemaV1 } from '@modelcontextprotocol/server';

export interface TaskParams {
  readonly taskId: string;
}

/** What every method of tasks wants: the SDK does not know them, and asks for a schema. */
export const taskParams: StandardSchemaV1<TaskParams> = {
  '~standard': {
    version: 1,
    vendor: 'mxcp-ts',
    validate: params => (isTaskParams(params) ? { value: params } : { issues: [{ message: '`taskId` is a text.' }] }),
  },
};

function isTaskParams(params: unknown): params is TaskParams {
  return typeof params === 'object' && params !== null && 'taskId' in params && typeof params.taskId === 'string';
}
