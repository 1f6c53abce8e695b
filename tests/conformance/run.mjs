// Runs the MCP conformance suite against `mxcp-ts serve` on ./project, at the wire of both revisions: everything that they
// require, then what the suite runs without scoring it (JSON Schema 2020-12, headers, polling, sessions, tasks). A failed check
// fails the run, and so does a warning, unless expected-failures.yml has it. Names of scenarios as arguments: only those.
// `--url URL` takes a server that runs already.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const suite = join(here, '../../node_modules/@modelcontextprotocol/conformance');
/** How many scenarios each revision requires of a server: a changed suite must not pass by asking less. */
const required = { '2025-11-25': 30, '2026-07-28': 37 };
/** The suite skips this one whatever a server does: its harness looks for the notifications where they no longer are. */
const alwaysSkipped = ['tasks-status-notifications'];

const suiteLimitMs = 180_000;

const { values, positionals: only } = parseArgs({ options: { url: { type: 'string' } }, allowPositionals: true });
const server =
  values.url === undefined
    ? await startServer().catch(failToStart)
    : { url: values.url, log: () => '', stop: async () => {} };
const results = fs.mkdtempSync(join(tmpdir(), 'mxcp-conformance-'));
try {
  const expected = readExpected();
  const runs = [];
  for (const revision of Object.keys(required)) runs.push(...(await runRevision(revision)));
  const { passed, failed } = report(runs, expected);
  if (failed > 0) console.log(`\nThe server's log:\n${server.log()}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await server.stop();
  fs.rmSync(results, { recursive: true, force: true });
}

function failToStart({ message }) {
  console.log(`${message}\n\n0 passed, 1 failed`);
  process.exit(1);
}

async function startServer() {
  const program = join(here, '../../cli/bin/mxcp-ts.js');
  const args = ['serve', '-C', join(here, 'project'), '--transport', 'streamable-http', '--port', '0'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'pipe'] });
  const ended = once(child, 'exit');
  let log = '';
  const port = await new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', text => {
      log += text;
      const found = /, at http:\/\/[^/]+:(\d+)\/mcp/.exec(log);
      if (found !== null) resolve(found[1]);
    });
    void ended.then(([code]) => reject(new Error(`mxcp-ts serve ended with code ${code}:\n${log}`)));
  });
  return {
    // The scenario about DNS rebinding wants this name.
    url: `http://localhost:${port}/mcp`,
    log: () => log,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** What became of the scenarios of one revision: `{ revision, scenario, isScored, checks }`; no checks: it broke off. */
async function runRevision(revision) {
  const { server: scored, not_scored } = parse(fs.readFileSync(join(suite, `requirements/${revision}.yaml`), 'utf8'));
  if (scored.length !== required[revision])
    throw new Error(`${revision} requires ${scored.length} scenarios, not ${required[revision]}.`);
  const unscored = not_scored.filter(({ leg }) => leg === 'server').map(({ scenario }) => scenario);
  const wanted = [...scored, ...unscored].filter(scenario => only.length === 0 || only.includes(scenario));
  const folder = join(results, revision);
  if (only.length === 0) await runSuite(folder, ['--requirements', revision]);
  else
    for (const scenario of wanted)
      await runSuite(folder, ['--scenario', scenario, '--spec-version', revision, '--force']);
  return wanted.map(scenario => ({
    revision,
    scenario,
    isScored: scored.includes(scenario),
    checks: readChecks(folder, scenario),
  }));
}

async function runSuite(folder, args) {
  const loader = fs.globSync === undefined ? ['--import', join(here, 'node20-loader.mjs')] : [];
  const child = spawn(
    process.execPath,
    [
      ...loader,
      join(suite, 'dist/index.js'),
      'server',
      '--url',
      server.url,
      '-o',
      folder,
      '--timeout',
      '60000',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Its own report is longer and knows no expected failures of ours; the checks are read from its files.
  child.stdout.resume();
  // Its own limit is one for each scenario. What it has not come to has no checks, which is a failure.
  const timer = setTimeout(() => {
    console.log(`The suite was stopped after ${suiteLimitMs / 60_000} minutes.`);
    child.kill('SIGKILL');
  }, suiteLimitMs);
  await once(child, 'exit');
  clearTimeout(timer);
}

function readChecks(folder, scenario) {
  const stamp = /^\d{4}-\d{2}-\d{2}T/;
  const prefix = `server-${scenario}-`;
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const name = names.find(each => each.startsWith(prefix) && stamp.test(each.slice(prefix.length)));
  const file = name === undefined ? undefined : join(folder, name, 'checks.json');
  return file !== undefined && fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
}

function readExpected() {
  const entries = parse(fs.readFileSync(join(here, 'expected-failures.yml'), 'utf8'));
  for (const entry of entries)
    for (const key of ['revision', 'scenario', 'check', 'specification', 'source'])
      if (typeof entry[key] !== 'string' || entry[key] === '')
        throw new Error(`An entry of expected-failures.yml has no ${key}.`);
  return entries;
}

/** Prints the table and what is wrong. */
function report(runs, expected) {
  const failures = [];
  let passed = 0;
  for (const run of runs) {
    const { text, problems } = judge(run, expected);
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${run.revision}  ${run.scenario.padEnd(46)} ${text}`);
    if (problems.length === 0) passed += 1;
    else failures.push({ ...run, problems });
  }
  for (const { revision, scenario, problems } of failures) {
    console.log(`\n${revision} ${scenario}`);
    for (const problem of problems) console.log(`  ${problem}`);
  }
  console.log();
  for (const [revision, count] of only.length > 0 ? [] : Object.entries(required)) {
    const scored = runs.filter(run => run.revision === revision && run.isScored);
    const good = scored.filter(run => !failures.some(failure => isOf(failure, run)));
    console.log(`Required by ${revision}: ${good.length}/${count}`);
  }
  const unknown = only.length > 0 ? [] : expected.filter(entry => !runs.some(run => isOf(entry, run)));
  for (const { revision, scenario } of unknown)
    console.log(`\nexpected-failures.yml names ${scenario}, which is not run for ${revision}.`);
  return { passed, failed: failures.length + unknown.length };
}

function isOf(entry, run) {
  return entry.revision === run.revision && entry.scenario === run.scenario;
}

function judge(run, expected) {
  const { scenario, checks } = run;
  const entries = expected.filter(entry => isOf(entry, run));
  // A skipped check has not been passed: the suite skips what it believes that a server cannot do.
  const bad = checks.filter(
    ({ status }) =>
      status === 'FAILURE' || status === 'WARNING' || (status === 'SKIPPED' && !alwaysSkipped.includes(scenario)),
  );
  const isExpected = ({ id }) => entries.some(({ check }) => check === id);
  const problems = bad
    .filter(check => !isExpected(check))
    .map(({ status, id, name, errorMessage }) => `${status} ${id} (${name}): ${errorMessage ?? 'no message'}`);
  for (const { check } of entries)
    if (!bad.some(({ id }) => id === check)) problems.push(`${check} passes: take it out of expected-failures.yml.`);
  if (checks.length === 0) problems.push('The scenario broke off and left no checks.');
  const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
  const excused = bad.filter(isExpected).length;
  const text = `${passed} checks${excused === 0 ? '' : `, ${excused} expected to fail`}`;
  return { problems, text: alwaysSkipped.includes(scenario) ? 'skipped by the suite' : text };
}
