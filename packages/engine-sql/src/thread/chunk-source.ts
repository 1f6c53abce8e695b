import { type DuckDBDataChunk, DuckDBMaterializedResult, type DuckDBResult } from '@duckdb/node-api';

/** A statement failed while its rows were being read. */
export class BrokenResult extends Error {
  override readonly name = 'BrokenResult';

  /** @param reason - undefined when it is not known */
  constructor(reason?: string) {
    super(reason ?? 'Execution Error: The statement failed while its rows were being read.');
  }
}

/** The chunks of a result one after the other, undefined after the last. Rejects with BrokenResult when there should be more. */
export type ChunkSource = () => Promise<DuckDBDataChunk | undefined>;

export function chunksOf(result: DuckDBResult | DuckDBMaterializedResult): ChunkSource {
  if (!(result instanceof DuckDBMaterializedResult)) {
    const isStreaming = result.isStreaming;
    return async () => {
      const chunk = await result.fetchChunk();
      if (chunk !== null && chunk.rowCount > 0) return chunk;
      // The driver (node-api 1.5) gives no error here: rows merely end. A result that has failed is not "streaming" any more.
      if (isStreaming && !result.isStreaming) throw new BrokenResult();
      return undefined;
    };
  }
  let next = 0;
  return async () => {
    if (next >= result.chunkCount) return undefined;
    next += 1;
    return result.getChunk(next - 1);
  };
}
