import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { Scalar } from 'yaml';
import { findAmbiguity } from '../yaml/ambiguous-scalar.ts';
import { spanOfPlace } from '../yaml/locate.ts';
import { dereference, entriesOf, itemsOf, type Place, scalarOf } from '../yaml/yaml-file.ts';
import { coerceScalar } from './coerce-scalar.ts';
import { anyShape, type Shape } from './shape.ts';

export type Path = readonly (string | number)[];

export interface ReadOptions {
  readonly report: ReportDiagnostic;
  /** Replaces a text, as references are; gives it back when there is nothing to replace. */
  readonly resolve?: (text: string, scalar: Scalar.Parsed, place: Place, path: Path) => unknown;
}

/**
 * Reads a node as plain data, as its schema wants it: lax scalars become what is declared, one item becomes a list, an
 * empty block counts as absent. What cannot be coerced stays as it is, for the validator to refuse.
 */
export function readValue(place: Place, shape: Shape, options: ReadOptions): unknown {
  return read(place, shape, [], options);
}

/** Far more than any file needs, and little enough for whatever walks the value afterwards. */
const deepest = 100;

function read(place: Place, shape: Shape, path: Path, options: ReadOptions): unknown {
  const { file } = place;
  if (path.length > deepest) {
    options.report(diagnostic('yaml/syntax', 'The file is nested too deeply.', spanOfPlace(place)));
    return null;
  }
  if (shape.types.includes('array') && itemsOf(file, place.node) === undefined) {
    const item = read(place, shape.items(), path, options);
    return item === null || shape.types.length === 1 ? item : [item];
  }
  const items = itemsOf(file, place.node);
  if (items !== undefined) {
    const itemShape = shape.items();
    return items.map((node, index) => read({ file, node }, itemShape, [...path, index], options));
  }
  const scalar = scalarOf(file, place.node);
  if (scalar !== undefined) return readScalar(scalar, place, shape, path, options);
  return dereference(file, place.node) === undefined ? null : readMapping(place, shape, path, options);
}

function readMapping(place: Place, shape: Shape, path: Path, options: ReadOptions): Record<string, unknown> {
  const { file } = place;
  const result: Record<string, unknown> = {};
  for (const { key, node } of entriesOf(file, place.node) ?? []) {
    const named = shape.properties.get(key)?.();
    const child = named ?? shape.others();
    const value = node === undefined ? null : read({ file, node }, child, [...path, key], options);
    // An empty entry of a map (`cloud:`) is there, with nothing in it; an empty block is as if it were not written.
    if (value !== null || child.types.length === 0) define(result, key, value);
    else if (named === undefined && child.types.includes('object')) define(result, key, {});
  }
  return result;
}

function readScalar(scalar: Scalar.Parsed, place: Place, shape: Shape, path: Path, options: ReadOptions): unknown {
  const { value } = scalar;
  if (value === null || value === undefined) return null;
  const ambiguity = scalar.type === 'PLAIN' ? findAmbiguity(scalar.source ?? '', shape) : undefined;
  if (ambiguity !== undefined) {
    options.report(diagnostic('yaml/ambiguous-scalar', ambiguity.message, spanOfPlace(place), ambiguity.hint));
  }
  const text = typeof value === 'string' ? options.resolve?.(value, scalar, place, path) : undefined;
  return coerceScalar(text ?? value, shape.types);
}

/** Like an assignment, but `__proto__` is a key like any other. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Reads a node as plain data, exactly as it is written. */
export function readPlain(place: Place): unknown {
  return readValue(place, anyShape, { report: () => undefined });
}
