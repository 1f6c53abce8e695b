const sdk = 'http/documented SDK server echo';

/**
 * What the product wants to reach, with what it reached. `least` and `most` say on which side of the bound `value` should
 * be; `byCpu` is the same ratio from CPU time per call, which other work on the machine distorts less.
 */
export function judgeAims(samples) {
  const aims = [
    { text: 'In-process echo against the documented SDK server', ...faster(samples, 'http/in-process echo', sdk, 6) },
    { text: 'TypeScript echo against the documented SDK server', ...faster(samples, 'http/TypeScript echo', sdk, 1.5) },
    { text: 'Python echo against the documented SDK server', ...faster(samples, 'http/Python echo', sdk, 1.5) },
    {
      text: '`invoke` of the SQL tool against the bare driver',
      ...faster(samples, 'sql/invoke', 'sql/bare driver', 0.8),
    },
    {
      text: 'Start with 200 tools against 10',
      value: samples.ratio('start/200 tools', 'start/10 tools', 'ms'),
      most: 3,
    },
    { text: 'Start, time per further tool: 200 to 2,000 against 10 to 200', value: slopeRatio(samples), most: 1.5 },
    {
      text: 'CPU of a TypeScript echo with 2,000 tools against 10',
      value: toolCountRatio(samples, 'TypeScript echo'),
      most: 1.2,
    },
    {
      text: 'CPU of a SQL point query with 2,000 tools against 10',
      value: toolCountRatio(samples, 'SQL point query'),
      most: 1.2,
    },
    { text: '`df()` of a million rows against duckdb in Python', ...slower(samples, 'frames/frame', 3) },
    { text: '`db.execute` of 10,000 rows against duckdb in Python', ...slower(samples, 'frames/rows', 3) },
    {
      text: '`/health` while functions run in SQL, p99 in ms',
      value: worstHealth(samples, 'median', 'healthP99Ms'),
      most: 100,
    },
    {
      text: '`/health` while functions run in SQL, longest of all rounds in ms',
      value: worstHealth(samples, 'max', 'healthMaxMs'),
      most: 100,
    },
    { text: 'Memory after the start against an empty skeleton', value: memoryRatio(samples, 'started'), most: 1.5 },
    { text: 'Memory after the load against an empty skeleton', value: memoryRatio(samples, 'loaded'), most: 1.5 },
  ];
  return aims.map(aim => ({ ...aim, isReached: isReached(aim) }));
}

function isReached({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }) {
  return Number.isFinite(value) ? value >= least && value <= most : undefined;
}

/** How many times as fast one case is as another, with 32 callers. */
function faster(samples, id, otherId, least) {
  return {
    value: samples.ratio(`${id}/32`, `${otherId}/32`, 'callsPerSecond'),
    byCpu: samples.ratio(`${otherId}/32`, `${id}/32`, 'cpuUsPerCall'),
    least,
  };
}

/** How many times as long something takes through the product as with duckdb alone. */
function slower(samples, id, most) {
  return {
    value: samples.ratio(`${id}/mxcp-ts`, `${id}/duckdb`, 'ms'),
    byCpu: samples.ratio(`${id}/mxcp-ts`, `${id}/duckdb`, 'cpuUsPerCall'),
    most,
  };
}

/** Of the function that is worst for it. */
function worstHealth(samples, statistic, metric) {
  const names = ['score_typescript', 'score_python', 'slow_typescript', 'slow_python'];
  const values = names.map(name => samples[statistic](`functions/${name}`, metric));
  return values.includes(undefined) ? undefined : Math.max(...values);
}

/** Above one when the time per tool grows with the number of tools. */
function slopeRatio(samples) {
  const [ten, twoHundred, twoThousand] = [10, 200, 2_000].map(count => samples.median(`start/${count} tools`, 'ms'));
  return (twoThousand - twoHundred) / 1_800 / ((twoHundred - ten) / 190);
}

function toolCountRatio(samples, id) {
  return samples.ratio(`http/${id}, 2,000 tools/32`, `http/${id}/32`, 'cpuUsPerCall');
}

function memoryRatio(samples, moment) {
  return samples.ratio(`memory/product/${moment}`, 'memory/skeleton/started', 'memoryMiB');
}
