import { findLimit } from './limits.mjs';
import { rows } from './table.mjs';

/**
 * What is wrong with a run of a driver: a check that fails, one that is missing, a known limit that is none any more.
 *
 * @param lines - what the driver printed: `{ what, ok, detail }`
 * @param code - how it ended
 */
export function judge(client, lines, code) {
  const byWhat = new Map(lines.map(line => [line.what, line]));
  const unknown = [...byWhat.keys()].filter(what => !(what in rows)).map(what => `"${what}" has no row in the table.`);
  const wrong = Object.keys(rows).flatMap(what => problemOf(findLimit(client, what), what, byWhat.get(what)));
  const ended = code === 0 ? [] : [`The driver ended with code ${code}.`];
  return { works: lines.filter(({ ok }) => ok).length, problems: [...unknown, ...wrong, ...ended] };
}

function problemOf(limit, what, line) {
  if (limit === undefined) return line?.ok === true ? [] : [`${what}: ${line?.detail ?? 'not tried'}`];
  if (line?.ok === true) return [`${what}: works now; take it out of limits.mjs.`];
  if (limit.says === undefined || line?.detail.includes(limit.says)) return [];
  return [`${what}: not the known limit, but ${line?.detail ?? 'not tried'}`];
}
