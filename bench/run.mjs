// Measures the product beside what it is made of, in one run: `node bench/run.mjs [--quick] [--only http,start] [--store]`.
// Prints the report and writes bench/results/latest.json; `node bench/write-docs.mjs` carries it into the docs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHttpLoader } from './load/http-loader.mjs';
import { measureFrames } from './measure/frames.mjs';
import { measureFunctions } from './measure/functions.mjs';
import { measureHttp } from './measure/http-calls.mjs';
import { measureInProcessSql } from './measure/in-process-sql.mjs';
import { measurePythonPipe } from './measure/python-pipe.mjs';
import { measureSkeleton } from './measure/skeleton-memory.mjs';
import { measureStarts, measureValidate } from './measure/starts.mjs';
import { measureStdio } from './measure/stdio-calls.mjs';
import { generateProject } from './projects/generate-project.mjs';
import { writeDataProject } from './projects/write-data-project.mjs';
import { writeToolbox } from './projects/write-toolbox.mjs';
import { judgeAims } from './report/aims.mjs';
import { describeMachine } from './report/machine.mjs';
import { renderReport } from './report/render-report.mjs';
import { Samples } from './report/samples.mjs';
import { serverList, toolboxPair } from './servers/server-list.mjs';
import { buildPrograms } from './system/build-programs.mjs';
import { installPython, installToolbox } from './system/install-packages.mjs';

/** The connections that the product opens at most, as it decides itself; the bare driver gets as many. */
const connections = Math.max(4, 2 * availableParallelism());
const resultsFile = new URL('results/latest.json', import.meta.url);

const options = readOptions();
const machine = describeMachine();
const workFolder = mkdtempSync(join(tmpdir(), 'mxcp-bench-'));
const loader = startHttpLoader();
const samples = new Samples();
try {
  await buildPrograms();
  const projects = writeProjects(workFolder, options.sizes);
  const others = prepareOthers(workFolder);
  for (let round = 0; round < options.rounds; round++) await measureRound(round, projects, others);
} finally {
  loader.close();
  rmSync(workFolder, { recursive: true, force: true });
}
report();

function readOptions() {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, only: { type: 'string' }, store: { type: 'boolean' } },
  });
  const sizes = [10, 200, 2_000];
  const only = values.only?.split(',');
  const isQuick = values.quick === true;
  const isStored = !isQuick && (only === undefined || values.store === true);
  return { ...(isQuick ? { rounds: 1, seconds: 0.7 } : { rounds: 3, seconds: 2 }), sizes, only, isStored };
}

function writeProjects(parent, sizes) {
  return sizes.map(toolCount => {
    const folder = join(parent, `tools-${toolCount}`);
    generateProject(folder, toolCount);
    return { toolCount, folder };
  });
}

/** What a part of the run needs that is not ours; it is installed for that part only. */
function prepareOthers(parent) {
  const python = isWanted('frames') ? installPython() : undefined;
  const data = join(parent, 'data');
  if (isWanted('frames') || isWanted('functions')) writeDataProject(data, python);
  const program = isWanted('toolbox') ? installToolbox() : undefined;
  if (program === undefined) return { python, data };
  const folder = join(parent, 'toolbox');
  writeToolbox(folder);
  return { python, data, toolbox: { program, folder } };
}

function isWanted(kind) {
  return options.only?.includes(kind) ?? true;
}

/** Every measurement once. The order turns from round to round, so that no case always follows the same neighbour. */
async function measureRound(round, projects, { python, data, toolbox }) {
  const [small, , large] = projects.map(({ folder }) => folder);
  const record = (id, metrics) => {
    samples.add(id, metrics);
    process.stderr.write(`round ${round + 1}  ${id}  ${JSON.stringify(metrics, shorten)}\n`);
  };
  const { seconds } = options;
  const servers = serverList({ small, large });
  const steps = [
    ['start', () => measureStarts({ projects, record })],
    ['validate', () => measureValidate({ projects, record })],
    ['memory', () => measureSkeleton({ connections, record })],
    ...servers.map(server => ['http', () => measureHttp(server, { loader, seconds, record })]),
    ...servers.filter(({ stdio }) => stdio).map(server => ['stdio', () => measureStdio(server, { seconds, record })]),
    ['pipe', () => measurePythonPipe({ seconds, record })],
    ['sql', () => measureInProcessSql({ small, connections, seconds, record })],
    ...(python === undefined ? [] : [['frames', () => measureFrames({ data, python, record })]]),
    ...(toolbox === undefined ? [] : toolboxPair({ small, toolbox })).map(server => [
      'toolbox',
      () => measureHttp(server, { kind: 'toolbox', loader, seconds, record }),
    ]),
    ['functions', () => measureFunctions({ data, record })],
  ].filter(([kind]) => isWanted(kind));
  const turn = Math.floor((round * steps.length) / options.rounds);
  for (const [, step] of [...steps.slice(turn), ...steps.slice(0, turn)]) await step();
}

function report() {
  const { rounds, seconds, only, isStored } = options;
  const parts = only === undefined ? {} : { parts: { [only.join(', ')]: machine } };
  const measured = { machine, rounds, secondsPerPoint: seconds, ...parts, aims: judgeAims(samples), cases: samples };
  if (isStored) {
    mkdirSync(new URL('.', resultsFile), { recursive: true });
    writeFileSync(resultsFile, `${JSON.stringify(withEarlier(measured), shorten, 1)}\n`);
  }
  process.stdout.write(`${renderReport({ ...measured, cases: samples.toJSON() })}\n`);
}

/** A part of a run takes its place among the results of the last whole run, with the state of the machine beside it. */
function withEarlier(measured) {
  if (measured.parts === undefined || !existsSync(resultsFile)) return measured;
  const earlier = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const cases = { ...earlier.cases, ...samples.toJSON() };
  const parts = { ...earlier.parts, ...measured.parts };
  return { ...earlier, parts, aims: judgeAims(new Samples(cases)), cases };
}

function shorten(_key, value) {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
