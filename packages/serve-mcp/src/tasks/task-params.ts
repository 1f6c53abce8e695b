import type { StandardSchemaV1 } from '@modelcontextprotocol/server';

export interface TaskParams {
  readonly taskId: string;
}

export interface UpdateParams extends TaskParams {
  readonly inputResponses: Readonly<Record<string, unknown>>;
}

/** Methods that the SDK does not know need a schema of their parameters. */
export const taskParams = schemaOf((params): params is TaskParams & Fields => hasTaskId(params), '`taskId` is a text.');

export const updateParams = schemaOf(
  (params): params is UpdateParams & Fields => hasTaskId(params) && isFields(params['inputResponses']),
  '`taskId` is a text, `inputResponses` an object.',
);

type Fields = Readonly<Record<string, unknown>>;

function schemaOf<T extends Fields>(check: (params: Fields) => params is T, message: string): StandardSchemaV1<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'mxcp-ts',
      validate: params => (isFields(params) && check(params) ? { value: params } : { issues: [{ message }] }),
    },
  };
}

function hasTaskId({ taskId }: Fields): boolean {
  return typeof taskId === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
