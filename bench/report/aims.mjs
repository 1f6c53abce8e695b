const calls = 'callsPerSecond';
const sdk = 'http/documented SDK server echo/32';

/**
 * What the product wants to reach, with what it reached. `least` and `most` say on which side of the bound it should be.
 */
export function judgeAims(samples) {
  const aims = [
    {
      text: 'In-process echo against the documented SDK server',
      value: samples.ratio('http/in-process echo/32', sdk, calls),
      least: 2.5,
    },
    {
      text: 'TypeScript echo against the documented SDK server',
      value: samples.ratio('http/TypeScript echo/32', sdk, calls),
      least: 1.5,
    },
    {
      text: 'Python echo against the documented SDK server',
      value: samples.ratio('http/Python echo/32', sdk, calls),
      least: 1.5,
    },
    {
      text: '`invoke` of the SQL tool against the bare driver',
      value: samples.ratio('sql/invoke/32', 'sql/bare driver/32', calls),
      least: 0.8,
    },
    {
      text: 'Start with 200 tools against 10',
      value: samples.ratio('start/200 tools', 'start/10 tools', 'ms'),
      most: 3,
    },
    {
      text: 'Start, time per further tool: 200 to 2,000 against 10 to 200',
      value: slopeRatio(samples, 'start'),
      most: 1.5,
    },
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
    { text: 'Memory after the start against an empty skeleton', value: memoryRatio(samples, 'started'), most: 1.5 },
    { text: 'Memory after the load against an empty skeleton', value: memoryRatio(samples, 'loaded'), most: 1.5 },
  ];
  return aims.map(aim => ({ ...aim, isReached: isReached(aim) }));
}

function isReached({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }) {
  return Number.isFinite(value) ? value >= least && value <= most : undefined;
}

function slopeRatio(samples, kind) {
  const [ten, twoHundred, twoThousand] = [10, 200, 2_000].map(count => samples.median(`${kind}/${count} tools`, 'ms'));
  return (twoThousand - twoHundred) / 1_800 / ((twoHundred - ten) / 190);
}

function toolCountRatio(samples, id) {
  return samples.ratio(`http/${id}, 2,000 tools/32`, `http/${id}/32`, 'cpuUsPerCall');
}

function memoryRatio(samples, moment) {
  return samples.ratio(`memory/product/${moment}`, 'memory/skeleton/started', 'memoryMiB');
}
