import type { Span } from '@mxcp-ts/diagnostics';
import type { Locate } from '../definition.ts';
import { entriesOf, itemsOf, type Place, scalarOf } from './yaml-file.ts';

type Path = readonly (string | number)[];

/** Follows the `$ref` that stands at a place; undefined when there is none or it leads nowhere. */
export type FollowRef = (place: Place) => Place | undefined;

/**
 * Finds places below a node; nothing is looked up before it is asked for.
 *
 * @param open - gives the node; called for every question, so that whoever holds the result holds no parsed file
 * @param follow - leads paths through `$ref`s, into whichever file holds the value
 */
export function locateFrom(open: () => Place, rootKey: Span | undefined, follow: FollowRef = noRefs): Locate {
  return {
    at: (...path) => spanOfPlace(walk(open(), path, follow).place),
    key: (...path) => {
      const { place, keySpan, depth } = walk(open(), path, follow);
      return (depth === 0 ? rootKey : keySpan) ?? spanOfPlace(place);
    },
  };
}

function noRefs(): undefined {
  return undefined;
}

/** The stretch of a node, without the blank lines and comments behind it. */
export function spanOfPlace({ file: { source }, node }: Place): Span {
  const [start, end] = node.range;
  return { source, start, end: start + source.text.slice(start, end).trimEnd().length };
}

/** The node at a path, as far as the path exists. */
export function placeAt(root: Place, path: Path): Place | undefined {
  const { place, depth } = walk(root, path, noRefs);
  return depth === path.length ? place : undefined;
}

interface Step {
  readonly place: Place;
  readonly keySpan: Span | undefined;
}

function walk(root: Place, path: Path, follow: FollowRef): Step & { readonly depth: number } {
  let step: Step = { place: root, keySpan: undefined };
  for (const [depth, segment] of path.entries()) {
    const next = stepInto(step.place, segment, follow, 0);
    if (next === undefined) return { ...step, depth };
    step = next;
  }
  return { ...step, depth: path.length };
}

const longestRefChain = 50;

function stepInto(place: Place, segment: string | number, follow: FollowRef, hops: number): Step | undefined {
  const { file } = place;
  const item = itemsOf(file, place.node)?.[Number(segment)];
  if (item !== undefined) return { place: { file, node: item }, keySpan: undefined };
  const entries = entriesOf(file, place.node);
  if (entries === undefined) return undefined;
  const entry =
    entries.find(({ key }) => key === String(segment)) ??
    (segment === 'return' ? entries.find(({ key }) => key === 'return_') : undefined);
  if (entry !== undefined) {
    const [start, end] = entry.keyNode.range;
    return { place: { file, node: entry.node ?? entry.keyNode }, keySpan: { source: file.source, start, end } };
  }
  // One item may stand for a list of one.
  if (segment === 0) return { place, keySpan: undefined };
  const target = hops < longestRefChain && entries.some(({ key }) => key === '$ref') ? follow(place) : undefined;
  return target === undefined ? undefined : stepInto(target, segment, follow, hops + 1);
}

/** The text at a path when a scalar stands there. */
export function findText(root: Place, path: Path): string | undefined {
  const place = placeAt(root, path);
  const value = place === undefined ? undefined : scalarOf(place.file, place.node)?.value;
  return typeof value === 'string' ? value : undefined;
}
