import { itemCount } from '../projects/generate-project.mjs';
import { runCallers } from './run-callers.mjs';

/** Warms up, then prints what calls of a point query cost in this process, as one line of JSON on stdout. */
export async function measureInProcess({ call, callers, seconds }) {
  const checked = async number => {
    const id = itemOfCall(number);
    const text = await call(id);
    if (text !== expectedItem(id)) throw new Error(`Item ${id}: got ${text}`);
  };
  await runCallers({ callers, seconds: Math.min(1, seconds), call: checked });
  const before = process.cpuUsage();
  const result = await runCallers({ callers, seconds, call: checked });
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${JSON.stringify({ ...result, cpuUsPerCall: (user + system) / result.calls })}\n`);
}

/** Spreads calls over the table, so that no two neighbours ask for the same row. */
export function itemOfCall(number) {
  return (number * 7919) % itemCount;
}

/** The JSON text of one row of the table of `setupSql`. */
export function expectedItem(id) {
  const added = new Date(Date.UTC(2024, 0, 1 + (id % 365))).toISOString().slice(0, 10);
  return JSON.stringify({ id, name: `item ${id}`, price: id / 8, added });
}
