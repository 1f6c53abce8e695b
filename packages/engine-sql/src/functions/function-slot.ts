import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBScalarFunction,
  type DuckDBScalarFunctionInfo,
  type DuckDBType,
  type DuckDBVector,
} from '@duckdb/node-api';
import type { ThreadJob } from '../thread/thread-job.ts';
import { connectionOf, noteConnection } from './connection-of.narrow.ts';
import type { ConnectionUsers } from './connection-users.ts';
import type { HostCrossing } from './host-crossing.ts';
import { renderArguments } from './render-arguments.ts';
import { answerWriter, type WriteAnswer } from './write-answer.ts';

/** A signature that DuckDB knows under `sqlName`, for ever; what stands behind it comes and goes. */
export interface FunctionSlot {
  /** As user code named it. */
  readonly name: string;
  readonly sqlName: string;
  readonly parameters: readonly DuckDBType[];
  readonly returns: DuckDBType;
  readonly nulls: 'skip' | 'pass';
  readonly isPure: boolean;
  /** What the serving thread calls it now; undefined when it is not defined any more. */
  number: number | undefined;
}

export interface SlotContext {
  readonly crossing: HostCrossing;
  readonly users: ConnectionUsers;
}

/** Makes the slot callable in SQL, on every connection. Throws when DuckDB refuses one of its types. */
export function registerSlot(connection: DuckDBConnection, slot: FunctionSlot, context: SlotContext): void {
  const write = answerWriter(slot.returns);
  const registered = DuckDBScalarFunction.create({
    name: slot.sqlName,
    parameterTypes: slot.parameters,
    returnType: slot.returns,
    specialHandling: slot.nulls === 'pass',
    volatile: !slot.isPure,
    initFunction: noteConnection,
    mainFunction: (info, chunk, output) => {
      try {
        runChunk({ slot, context, write, info, chunk, output });
      } catch (error) {
        const message = `${slot.name}: ${error instanceof Error ? error.message : String(error)}`;
        const job = jobOf(info, context.users);
        if (job !== undefined) job.failure = `Invalid Input Error: ${message}`;
        info.setError(message);
      }
    },
  });
  connection.registerScalarFunction(registered);
  registered.destroySync();
}

interface ChunkRun {
  readonly slot: FunctionSlot;
  readonly context: SlotContext;
  readonly write: WriteAnswer;
  readonly info: DuckDBScalarFunctionInfo;
  readonly chunk: DuckDBDataChunk;
  readonly output: DuckDBVector;
}

function runChunk({ slot, context, write, info, chunk, output }: ChunkRun): void {
  const job = jobOf(info, context.users);
  if (job?.isCancelled === true) throw new Error('The statement was interrupted.');
  if (slot.number === undefined) throw new Error('The function is not defined any more.');
  const { columns, rows } = renderArguments(chunk, slot);
  if (rows?.length !== 0) {
    const answer = context.crossing.apply(slot.number, columns, job);
    if (answer === undefined) throw new Error('The statement was interrupted.');
    if (!answer.ok) throw new Error(answer.message);
    write(answer.json, { output, rowCount: chunk.rowCount, rows, hasArguments: slot.parameters.length > 0 });
  } else {
    for (let row = 0; row < chunk.rowCount; row += 1) output.setItem(row, null);
  }
  output.flush();
}

function jobOf(info: DuckDBScalarFunctionInfo, users: ConnectionUsers): ThreadJob | undefined {
  const connectionId = connectionOf(info);
  return connectionId === undefined ? undefined : users.jobOf(connectionId);
}
