const units: Readonly<Record<string, number | undefined>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest time a Node timer can wait. */
const longestMs = 2_147_483_647;

/** As `readDurationMs`, at most 24 days. */
export function readTimeoutMs(written: string | number | undefined, defaultMs: number): number {
  return Math.min(readDurationMs(written, defaultMs), longestMs);
}

/** A duration as people write it, in milliseconds: `30s`, `500ms`, `2m`, or a number of seconds. At least 1. */
export function readDurationMs(written: string | number | undefined, defaultMs: number): number {
  if (written === undefined) return defaultMs;
  const found = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)\s*$/.exec(typeof written === 'number' ? `${written}s` : written);
  const value = Number(found?.[1]) * (units[found?.[2] ?? ''] ?? Number.NaN);
  return Number.isNaN(value) ? defaultMs : Math.max(1, Math.round(value));
}
