import type { DuckDBDataChunk, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { ColumnType } from '@mxcp-ts/engine';
import type { Problem } from '@mxcp-ts/values';
import { wireTypeOf } from './column-types.ts';
import type { DeclaredColumns } from './declared-columns.ts';
import { InexactNumber } from './inexact-number.ts';
import { uniqueNames } from './unique-names.ts';
import { compileRenderer, nullable, type ValueRenderer } from './value-renderer.ts';

export type RenderedRows =
  | { readonly ok: true; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface RenderedColumn {
  readonly name: string;
  readonly type: DuckDBType;
  /** What stands before the value: `"name":`. */
  readonly prefix: string;
  readonly render: ValueRenderer;
}

/** Writes chunks of a result as one JSON array of objects. */
export class RowWriter {
  readonly #columns: readonly RenderedColumn[];
  readonly #declared: DeclaredColumns;
  readonly #rows: string[] = [];

  constructor(result: DuckDBResult, declared: DeclaredColumns) {
    this.#declared = declared;
    this.#columns = uniqueNames(result.columnNames()).map((name, index) => {
      const type = result.columnType(index);
      const render = nullable(compileRenderer(type, declared.typeOf(name), 'json'));
      return { name, type, prefix: `${JSON.stringify(name)}:`, render };
    });
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  /**
   * Writes rows `start` to `end`, all unless told otherwise.
   *
   * @returns a problem instead of going on when a number does not fit its declared type
   */
  write(chunk: DuckDBDataChunk, start = 0, end = chunk.rowCount): Problem | undefined {
    const vectors = this.#columns.map((_, index) => chunk.getColumnVector(index));
    for (let row = start; row < end; row += 1) {
      let text = '{';
      for (let index = 0; index < this.#columns.length; index += 1) {
        const column = this.#columns[index];
        const vector = vectors[index];
        if (column === undefined || vector === undefined) continue;
        try {
          text += (index === 0 ? '' : ',') + column.prefix + column.render(vector.getItem(row));
        } catch (error) {
          if (error instanceof InexactNumber) return this.#problem(error, column.name);
          throw error;
        }
      }
      this.#rows.push(`${text}}`);
    }
    return undefined;
  }

  finish(): RenderedRows {
    const columns = this.#columns.map(({ name, type }) => ({ name, type: wireTypeOf(type) }));
    return { ok: true, json: `[${this.#rows.join(',')}]`, columns };
  }

  #problem(error: InexactNumber, column: string): Problem {
    const segments = [...this.#declared.pathOf(this.#rows.length, column), ...error.path.toReversed()];
    const pointer = segments.map(segment => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const message = `is a ${error.typeName} in column "${column}" with more digits than a JSON number can hold; declare it as a string to keep them`;
    return { pointer, message };
  }
}
