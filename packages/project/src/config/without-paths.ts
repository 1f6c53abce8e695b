import type { Path } from '../shape/read-value.ts';

/** Plain data without what stands at some paths; the whole of it cannot be taken away. */
export function withoutPaths(value: unknown, paths: readonly Path[]): unknown {
  const below = paths.filter(path => path.length > 0);
  return below.length === 0 ? value : strip(value, below);
}

function strip(value: unknown, paths: readonly Path[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, child]) => {
    const here = paths.filter(([first]) => String(first) === key).map(path => path.slice(1));
    return here.some(path => path.length === 0) ? [] : [[key, strip(child, here)] as const];
  });
  return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}
