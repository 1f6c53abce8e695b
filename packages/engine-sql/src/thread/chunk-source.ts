import { type DuckDBDataChunk, DuckDBMaterializedResult, type DuckDBResult } from '@duckdb/node-api';

/** The chunks of a result one after the other, undefined after the last. */
export type ChunkSource = () => Promise<DuckDBDataChunk | undefined>;

export function chunksOf(result: DuckDBResult | DuckDBMaterializedResult): ChunkSource {
  if (!(result instanceof DuckDBMaterializedResult)) {
    return async () => {
      const chunk = await result.fetchChunk();
      return chunk === null || chunk.rowCount === 0 ? undefined : chunk;
    };
  }
  let next = 0;
  return async () => {
    if (next >= result.chunkCount) return undefined;
    next += 1;
    return result.getChunk(next - 1);
  };
}
