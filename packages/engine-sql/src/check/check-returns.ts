import type { DuckDBType } from '@duckdb/node-api';
import { didYouMean } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { isScalar } from '../render/declared-columns.ts';
import { uniqueNames } from '../render/unique-names.ts';
import { findMisfit } from './find-misfit.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: DuckDBType;
  /** The statement writes NULL somewhere; DuckDB says INTEGER of a column that is nothing else. */
  readonly mayBeNull: boolean;
}

export interface ReturnFinding {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Below the endpoint: `['return', 'items', 'properties', 'id']`. */
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];

/** Where the columns of a query can never fit the declared result. Silent where it depends on the values. */
export function checkReturns(returns: TypeDefinition, columns: readonly ResultColumn[]): ReturnFinding[] {
  const path: Path = ['return'];
  if (returns.type === 'array') {
    const { items } = returns;
    if (items === undefined) return [];
    const itemPath = [...path, 'items'];
    return isScalar(items) ? checkSingle(items, columns, itemPath) : checkRow(items, columns, itemPath);
  }
  return isScalar(returns) ? checkSingle(returns, columns, path) : checkRow(returns, columns, path);
}

function checkSingle(type: TypeDefinition, columns: readonly ResultColumn[], path: Path): ReturnFinding[] {
  const [column] = columns;
  if (column === undefined) return [];
  if (columns.length > 1) {
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    return [
      {
        message: `The query gives ${columns.length} columns (${names}) where one value is declared.`,
        hint: 'Select one column, or declare an object.',
        path: [...path, 'type'],
      },
    ];
  }
  return findMisfit(column, type, path);
}

function checkRow(type: TypeDefinition, columns: readonly ResultColumn[], path: Path): ReturnFinding[] {
  const { properties } = type;
  if (type.type !== 'object' || properties === undefined) return [];
  const names = uniqueNames(columns.map(({ name }) => name));
  const missing = (type.required ?? []).filter(name => Object.hasOwn(properties, name) && !names.includes(name));
  const findings: ReturnFinding[] = missing.map(name => ({
    message: `The query gives no column "${name}", which is required.`,
    hint: didYouMean(name, names),
    path: [...path, 'properties', name],
  }));
  columns.forEach((column, index) => {
    const name = names[index] ?? column.name;
    const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (declared !== undefined)
      findings.push(...findMisfit({ ...column, name }, declared, [...path, 'properties', name]));
    else if (type.additionalProperties === false) {
      findings.push({
        message: `The query gives a column "${name}", which is not declared.`,
        hint: didYouMean(name, Object.keys(properties)) ?? 'Declare it, or do not select it.',
        path: [...path, 'additionalProperties'],
      });
    }
  });
  return findings;
}
