/** The results as Markdown: machine, aims, then one table per kind of measurement. */
export function renderReport({ machine, rounds, secondsPerPoint, parts = {}, aims, cases }) {
  const medianOf = (id, metric) => cases[id]?.median[metric];
  return [
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}, ${machine.python}; medians of ${rounds} interleaved rounds, ${secondsPerPoint} s per point; load average before the run ${machine.loadBefore}.`,
    ...Object.entries(parts).map(
      ([names, { node, loadBefore }]) =>
        `Measured in a run of their own: ${names}; Node ${node}, load average before it ${loadBefore}.`,
    ),
    '### Aims',
    table(['Ratio (calls: 32 callers, HTTP, MCP 2026-07-28)', 'Aim', 'Measured', 'By CPU', ''], aims.map(aimRow)),
    '### Calls',
    callsTable('HTTP', 'http/', cases, medianOf),
    callsTable('stdio', 'stdio/', cases, medianOf),
    callsTable('Without a transport', ['pipe/', 'sql/'], cases, medianOf),
    callsTable('Point query over HTTP', 'toolbox/', cases, medianOf),
    '### Many rows',
    framesTable(medianOf),
    functionsTable(medianOf),
    '### Start and validate',
    startTable(medianOf),
    '### Memory',
    memoryTable(cases, medianOf),
  ].join('\n\n');
}

function aimRow({ text, value, byCpu, least, most, isReached }) {
  const verdict = { true: 'reached', false: '**missed**' }[isReached] ?? 'not measured';
  return [text, least === undefined ? `≤ ${most}` : `≥ ${least}`, format(value, 2), format(byCpu, 2), verdict];
}

function callsTable(title, prefixes, cases, medianOf) {
  const ids = Object.keys(cases).filter(id => [prefixes].flat().some(prefix => id.startsWith(prefix)));
  const names = [...new Set(ids.map(id => id.slice(0, id.lastIndexOf('/'))))];
  const header = [title, ...[1, 32].flatMap(callers => [`${callers}: calls/s`, 'p50 ms', 'p99 ms', 'CPU µs'])];
  const rows = names.map(name => [
    name.slice(name.indexOf('/') + 1),
    ...[1, 32].flatMap(callers => {
      const id = `${name}/${callers}`;
      return [
        format(medianOf(id, 'callsPerSecond'), 0),
        format(medianOf(id, 'p50Ms'), 2),
        format(medianOf(id, 'p99Ms'), 1),
        format(medianOf(id, 'cpuUsPerCall'), 0),
      ];
    }),
  ]);
  return table(header, rows);
}

const healthHeader = ['`/health` p50 ms', 'p99 ms', 'max ms'];
const healthCells = (id, medianOf) =>
  ['healthP50Ms', 'healthP99Ms', 'healthMaxMs'].map(metric => format(medianOf(id, metric), 1));

function framesTable(medianOf) {
  const row = (title, id) => {
    const cpuUs = medianOf(id, 'cpuUsPerCall');
    return [title, format(medianOf(id, 'ms'), 0), format(cpuUs && cpuUs / 1000, 0), ...healthCells(id, medianOf)];
  };
  return table(
    ['Five columns into Python, median of ten', 'ms', 'CPU ms', ...healthHeader],
    [
      row('`df()`, 1,000,000 rows', 'frames/frame/mxcp-ts'),
      row('duckdb in Python', 'frames/frame/duckdb'),
      row('`db.execute`, 10,000 rows', 'frames/rows/mxcp-ts'),
      row('duckdb in Python, `dict(zip(…))`', 'frames/rows/duckdb'),
    ],
  );
}

function functionsTable(medianOf) {
  const row = (title, id) => [title, format(medianOf(id, 'ms'), 0), ...healthCells(id, medianOf)];
  return table(
    ['A function of a row in SQL', 'ms', ...healthHeader],
    [
      row('none: `i * 2 + 1`, 1,000,000 rows', 'functions/score_inline'),
      row('TypeScript, 1,000,000 rows', 'functions/score_typescript'),
      row('Python, 1,000,000 rows', 'functions/score_python'),
      row('TypeScript, 3 chunks that sleep 1 s each', 'functions/slow_typescript'),
      row('Python, 3 chunks that sleep 1 s each', 'functions/slow_python'),
    ],
  );
}

function startTable(medianOf) {
  const sizes = ['10 tools', '200 tools', '2000 tools'];
  const row = (title, kind) => [title, ...sizes.map(size => format(medianOf(`${kind}/${size}`, 'ms'), 0))];
  const sdk = format(medianOf('start/documented SDK server, 1 tool', 'ms'), 0);
  return table(
    ['Milliseconds', ...sizes],
    [
      row('start until the first `tools/list`, stdio', 'start'),
      row('`validate`', 'validate'),
      ['the documented SDK server with one tool', sdk, '', ''],
    ],
  );
}

function memoryTable(cases, medianOf) {
  const names = [
    ...new Set(
      Object.keys(cases)
        .filter(id => id.startsWith('memory/'))
        .map(id => id.split('/')[1]),
    ),
  ];
  return table(
    ['MiB (all processes, shared pages divided)', 'after the start', 'after the load'],
    names.map(name => [
      name,
      ...['started', 'loaded'].map(moment => format(medianOf(`memory/${name}/${moment}`, 'memoryMiB'), 0)),
    ]),
  );
}

/** Columns padded to their widest cell, numbers to the right, as the formatter of this repository writes tables. */
function table(header, rows) {
  const widths = header.map((_, column) => Math.max(3, ...[header, ...rows].map(cells => cells[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [header.map(pad), rule, ...rows.map(cells => cells.map(pad))]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function format(value, digits) {
  if (value === undefined || !Number.isFinite(value)) return '';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
