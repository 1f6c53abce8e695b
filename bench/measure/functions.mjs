import { callTool } from '../load/call-tool.mjs';
import { summarizeHealth, watchHealth } from '../load/watch-health.mjs';
import { withDataServer } from '../servers/data-server.mjs';

const manyRows = 1_000_000;
/** Three chunks, so three seconds. */
const slowRows = 3 * 2_048;

/** Records what functions of plug-ins cost in SQL, and how `/health` answers while they are called. */
export async function measureFunctions({ data, record }) {
  await withDataServer(data, async ({ port }) => {
    await callTool(port, 'score_python', { rows: manyRows / 10 });
    await callTool(port, 'score_typescript', { rows: manyRows / 10 });
    for (const [name, rows, total] of cases) {
      const { result, latencies } = await watchHealth(port, () => timeCall(port, { name, rows, total }));
      record(`functions/${name}`, { ms: result, ...summarizeHealth(latencies) });
    }
  });
}

const sumTo = rows => (rows * (rows - 1)) / 2;
const scoreTotal = 2 * sumTo(manyRows) + manyRows;
const cases = [
  ['score_inline', manyRows, scoreTotal],
  ['score_typescript', manyRows, scoreTotal],
  ['score_python', manyRows, scoreTotal],
  ['slow_typescript', slowRows, sumTo(slowRows)],
  ['slow_python', slowRows, sumTo(slowRows)],
];

async function timeCall(port, { name, rows, total }) {
  const startedAt = performance.now();
  const [row] = await callTool(port, name, { rows });
  if (row.total !== total) throw new Error(`${name}: got ${row.total} instead of ${total}.`);
  return performance.now() - startedAt;
}
