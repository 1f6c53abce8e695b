import type { Tool } from 'mxcp-ts/runtime';
import { getAirports } from './lib/airports.ts';
import { distanceKm, initialBearing, type Place, placesBetween } from './lib/great-circle.ts';

const milesPerKm = 0.621371;

export const great_circle_route: Tool<'great_circle_route'> = async ({ origin, destination, steps }) => {
  const [from, to] = await getAirports(origin, destination);
  const km = distanceKm(from, to);
  return {
    distance_km: rounded(km, 1),
    distance_miles: rounded(km * milesPerKm, 1),
    initial_bearing: rounded(initialBearing(from, to), 1) % 360,
    points: placesBetween(from, to, steps).map(roundedPlace),
  };
};

function roundedPlace({ latitude, longitude }: Place): Place {
  return { latitude: rounded(latitude, 4), longitude: rounded(longitude, 4) };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
