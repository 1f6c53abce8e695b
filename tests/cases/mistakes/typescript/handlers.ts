export function findFlights() {
  return [];
}
