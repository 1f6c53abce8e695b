import { pointerSegments } from '../json-pointer.ts';

/** Where a value holds numbers of which the exact text is known, as a tree of the same shape. */
export interface ExactTree {
  readonly text?: string;
  /** By property name, or index as text. */
  readonly children?: ReadonlyMap<string, ExactTree>;
}

interface GrowingTree {
  text?: string;
  children?: Map<string, GrowingTree>;
}

/** The tree of a list of pointers; undefined for an empty list. */
export function exactTreeOf(
  numbers: readonly { readonly pointer: string; readonly text: string }[] | undefined,
): ExactTree | undefined {
  if (numbers === undefined || numbers.length === 0) return undefined;
  const root: GrowingTree = {};
  for (const { pointer, text } of numbers) {
    const segments = pointerSegments(pointer);
    if (segments === undefined) continue;
    let node = root;
    for (const segment of segments) node = childOf(node, segment);
    node.text = text;
  }
  return root;
}

function childOf(node: GrowingTree, segment: string): GrowingTree {
  node.children ??= new Map();
  let child = node.children.get(segment);
  if (child === undefined) {
    child = {};
    node.children.set(segment, child);
  }
  return child;
}
