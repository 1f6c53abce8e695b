import { db, type Tool } from 'mxcp-ts/runtime';
import { type Airport, getAirports } from './lib/airports.ts';

interface Punctuality {
  readonly origin: string;
  readonly mean_delay: number;
  readonly on_time_percent: number;
  readonly destinations: readonly string[];
}

export const compare_airports: Tool<'compare_airports'> = async ({ first, second }) => {
  const [[left, right], punctuality] = await Promise.all([getAirports(first, second), getPunctuality([first, second])]);
  return {
    first: describe(left, punctuality),
    second: describe(right, punctuality),
    more_punctual: morePunctual(first, second, punctuality),
    shared_destinations: sharedDestinations(first, second, punctuality),
  };
};

type ByCode = ReadonlyMap<string, Punctuality>;

async function getPunctuality(codes: readonly string[]): Promise<ByCode> {
  const rows = await db.execute<Punctuality>(
    `SELECT
       origin,
       round(avg(delay), 1) AS mean_delay,
       round(100 * avg((delay < 15)::INTEGER), 1) AS on_time_percent,
       list_sort(list(DISTINCT destination)) AS destinations
     FROM flights
     WHERE list_contains($codes, origin)
     GROUP BY origin`,
    { codes },
  );
  return new Map(rows.map(row => [row.origin, row]));
}

function describe(airport: Airport, punctuality: ByCode) {
  const { mean_delay = null, on_time_percent = null } = punctuality.get(airport.code) ?? {};
  return { airport, mean_delay, on_time_percent };
}

function morePunctual(first: string, second: string, punctuality: ByCode): string | null {
  const [left, right] = [punctuality.get(first), punctuality.get(second)];
  if (left === undefined || right === undefined || left.on_time_percent === right.on_time_percent) return null;
  return left.on_time_percent > right.on_time_percent ? first : second;
}

function sharedDestinations(first: string, second: string, punctuality: ByCode): readonly string[] {
  const others = new Set(punctuality.get(second)?.destinations);
  return (punctuality.get(first)?.destinations ?? []).filter(code => others.has(code));
}
