/** A place on the globe: degrees north and east. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

const earthRadiusKm = 6371.0088;
const degrees = 180 / Math.PI;

/** Kilometres along the great circle, on a sphere of the earth's mean radius (haversine formula). */
export function distanceKm(from: Place, to: Place): number {
  return earthRadiusKm * centralAngle(from, to);
}

/** The direction to leave in, clockwise from north, in degrees from 0 (included) to 360 (excluded). */
export function initialBearing(from: Place, to: Place): number {
  const turn = (to.longitude - from.longitude) / degrees;
  const [start, end] = [from.latitude / degrees, to.latitude / degrees];
  const east = Math.sin(turn) * Math.cos(end);
  const north = Math.cos(start) * Math.sin(end) - Math.sin(start) * Math.cos(end) * Math.cos(turn);
  return (Math.atan2(east, north) * degrees + 360) % 360;
}

/** `steps + 1` places from one to the other, equally far apart. */
export function placesBetween(from: Place, to: Place, steps: number): Place[] {
  return Array.from({ length: steps + 1 }, (_, step) => placeAt(from, to, step / steps));
}

function placeAt(from: Place, to: Place, fraction: number): Place {
  const angle = centralAngle(from, to);
  if (angle === 0) return from;
  const [near, far] = [
    Math.sin((1 - fraction) * angle) / Math.sin(angle),
    Math.sin(fraction * angle) / Math.sin(angle),
  ];
  const [a, b] = [vectorOf(from), vectorOf(to)];
  const [x, y, z] = [near * a.x + far * b.x, near * a.y + far * b.y, near * a.z + far * b.z];
  return { latitude: Math.atan2(z, Math.hypot(x, y)) * degrees, longitude: Math.atan2(y, x) * degrees };
}

/** In radians, 0 to π. */
function centralAngle(from: Place, to: Place): number {
  const half = (a: number, b: number) => Math.sin((b - a) / degrees / 2) ** 2;
  const cosines = Math.cos(from.latitude / degrees) * Math.cos(to.latitude / degrees);
  const haversine = half(from.latitude, to.latitude) + cosines * half(from.longitude, to.longitude);
  return 2 * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

function vectorOf({ latitude, longitude }: Place): { readonly x: number; readonly y: number; readonly z: number } {
  const [north, east] = [latitude / degrees, longitude / degrees];
  return { x: Math.cos(north) * Math.cos(east), y: Math.cos(north) * Math.sin(east), z: Math.sin(north) };
}
