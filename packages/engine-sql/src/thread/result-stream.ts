import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { ChunkPiece } from '../columns/vector-memory.ts';
import { type ChunkSource, chunksOf } from './chunk-source.ts';
import { convertPieces, givesNothing, type ReadOptions, type ReadRows, TooManyRows } from './read-result.ts';

export interface StreamOptions extends ReadOptions {
  readonly batchRows: number;
}

/** A result that is read batch by batch, in the pace of its reader. */
export class ResultStream {
  readonly #result: DuckDBResult;
  readonly #options: StreamOptions;
  readonly #nextChunk: ChunkSource;
  /** Fetched and not given yet; the first from row `#start` on. */
  readonly #waiting: DuckDBDataChunk[] = [];
  #start = 0;
  #isFetched: boolean;
  #failure: unknown;
  #given = 0;

  constructor(result: DuckDBResult, options: StreamOptions) {
    this.#result = result;
    this.#options = options;
    this.#nextChunk = chunksOf(result);
    this.#isFetched = givesNothing(result);
  }

  /** The next rows, undefined after the last. */
  async next(): Promise<ReadRows | undefined> {
    const pieces = await this.#take();
    const rows = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
    if (rows === 0) return undefined;
    this.#given += rows;
    const { maxRows = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#given > maxRows) throw new TooManyRows(maxRows);
    return convertPieces(this.#result, pieces, this.#options);
  }

  /** Fetches what is left: DuckDB forgets it when another statement runs on the connection. */
  async drain(): Promise<void> {
    try {
      while (await this.#fetch());
    } catch (error) {
      this.#isFetched = true;
      this.#failure = error;
    }
  }

  /** Every later `next` fails with this. */
  fail(error: Error): void {
    this.#failure = error;
    this.#waiting.length = 0;
  }

  async #take(): Promise<ChunkPiece[]> {
    const pieces: ChunkPiece[] = [];
    for (let wanted = this.#options.batchRows; wanted > 0; ) {
      const chunk = this.#waiting[0];
      if (chunk === undefined) {
        if (await this.#fetch()) continue;
        return pieces;
      }
      const end = Math.min(chunk.rowCount, this.#start + wanted);
      pieces.push({ chunk, start: this.#start, end });
      wanted -= end - this.#start;
      this.#start = end;
      if (end < chunk.rowCount) break;
      this.#waiting.shift();
      this.#start = 0;
    }
    return pieces;
  }

  async #fetch(): Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isFetched) return false;
    const chunk = await this.#nextChunk();
    if (chunk === undefined) this.#isFetched = true;
    else this.#waiting.push(chunk);
    return chunk !== undefined;
  }
}
