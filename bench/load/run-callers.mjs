/**
 * Lets `callers` loops call at once, each with one call in flight, until the time is over.
 *
 * @param call - makes one call; gets a number that differs for every call of this run
 * @returns calls per second over the whole time, and latencies in milliseconds
 */
export async function runCallers({ callers, seconds, call }) {
  const latencies = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let count = 0;
  const loop = async () => {
    while (performance.now() < endsAt) {
      const before = performance.now();
      await call(count++);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  return summarizeLatencies(latencies, performance.now() - startedAt);
}

/** @param latencies - milliseconds, in any order; sorted in place */
export function summarizeLatencies(latencies, elapsedMs) {
  latencies.sort((a, b) => a - b);
  const at = share => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    calls: latencies.length,
    callsPerSecond: (latencies.length / elapsedMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}
