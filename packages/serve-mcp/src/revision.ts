/** The revision whose requests stand alone: no session, and all a server needs to know in each of them. */
export const statelessRevision = '2026-07-28';
