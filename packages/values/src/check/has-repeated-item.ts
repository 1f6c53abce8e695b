import { isObject } from '../json.narrow.ts';

/** Whether two items are the same JSON value; the order of an object's keys does not matter. Takes linear time. */
export function hasRepeatedItem(items: readonly unknown[]): boolean {
  const scalars = new Set<unknown>();
  const containers = new Set<string>();
  for (const item of items) {
    const isContainer = typeof item === 'object' && item !== null;
    const before = scalars.size + containers.size;
    if (isContainer) containers.add(canonicalText(item));
    else scalars.add(item);
    if (scalars.size + containers.size === before) return true;
  }
  return false;
}

function canonicalText(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(byKey)) : part,
  );
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
