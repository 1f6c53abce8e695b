import { db, UserError } from 'mxcp-ts/runtime';

/** As in types/airport.yml. */
export interface Airport {
  readonly code: string;
  readonly name: string;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly departures: number;
}

/** The airports with these codes, in the same order. Tells the caller when there is none. */
export async function getAirports<Codes extends readonly string[]>(
  ...codes: Codes
): Promise<{ [Index in keyof Codes]: Airport }> {
  const rows = await db.execute<Airport>('FROM airport_traffic WHERE list_contains($codes, code)', { codes });
  const airports = codes.map(code => {
    const airport = rows.find(row => row.code === code);
    if (airport === undefined)
      throw new UserError(`There is no airport with the code ${code}. Ask search_airports for it.`);
    return airport;
  });
  return airports as { [Index in keyof Codes]: Airport };
}
