// Tries every client of docs/clients.md, in every era that it speaks, over stdio and over HTTP, against `mxcp-ts serve` on
// the project beside this file. Writes the table of that page; with --check only compares. Exits non-zero when something
// that should work does not, or when the page is out of date. Ids of clients as arguments try only those, for no page.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareClients } from './clients.mjs';
import { judge } from './judge.mjs';
import { renderTables, transports } from './table.mjs';

const program = fileURLToPath(new URL('../../cli/bin/mxcp-ts.js', import.meta.url));
const page = fileURLToPath(new URL('../../docs/clients.md', import.meta.url));
const atOnce = 3;
const driverLimitMs = 5 * 60_000;

const scratch = mkdtempSync(join(tmpdir(), 'mxcp-clients-'));
const chosen = process.argv.slice(2).filter(argument => argument !== '--check');
const clients = prepareClients().filter(({ id }) => chosen.length === 0 || chosen.includes(id));
const server = await startServer();
try {
  const problems = await tryAll();
  if (problems.length > 0) process.exitCode = 1;
  else if (chosen.length === 0) updatePage();
} finally {
  server.kill('SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
}

async function tryAll() {
  const runs = clients.flatMap(client =>
    client.eras.flatMap(era => Object.keys(transports).map(transport => ({ client, era, transport }))),
  );
  // The slowest, which are last in the table, begin.
  const waiting = runs.toReversed();
  const problems = [];
  const worker = async () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) problems.push(...(await tryOne(run)));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return problems;
}

async function tryOne({ client, era, transport }) {
  const started = Date.now();
  const target = transport === 'http' ? { url: server.url } : { command: commandFor(`${client.id}-${era}`) };
  const { lines, stderr, code } = await drive(client.command, { client: client.id, era, ...target });
  const { works, problems } = judge(client, lines, code);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${client.title}, ${era}, ${transports[transport]}: ${works} work (${seconds} s)`);
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) console.log(stderr.trimEnd().replace(/^/gm, '  | '));
  return problems;
}

/** A server of its own on a copy of the project: a project has one server at a time. */
function commandFor(name) {
  return { command: process.execPath, args: [program, 'serve', '-C', copyProject(name), '--transport', 'stdio'] };
}

function copyProject(name) {
  const folder = join(scratch, name);
  cpSync(new URL('project', import.meta.url), folder, { recursive: true });
  return folder;
}

function drive([file, ...args], task) {
  const child = spawn(file, [...args, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: driverLimitMs,
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', part => {
      text[name] += part;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      const lines = text.stdout.split('\n').filter(line => line.startsWith('{'));
      resolve({ lines: lines.map(line => JSON.parse(line)), stderr: text.stderr, code });
    });
  });
}

async function startServer() {
  const child = spawn(process.execPath, [program, 'serve', '-C', copyProject('http'), '--port', '0'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const url = await new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
      const found = /, at (http:\S+\/mcp)/.exec(stderr)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', code => reject(new Error(`The server ended with code ${code}:\n${stderr}`)));
  });
  return { url, kill: signal => child.kill(signal) };
}

function updatePage() {
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf('<!-- generated'), text.indexOf('<!-- end of what is generated -->')];
  const start = text.indexOf('\n', before) + 1;
  const fresh = `${text.slice(0, start)}\n${renderTables(clients)}\n\n${text.slice(after)}`;
  if (fresh === text) return;
  if (process.argv.includes('--check')) {
    console.log('docs/clients.md is out of date. Run: node tests/clients/check.mjs');
    process.exitCode = 1;
  } else {
    writeFileSync(page, fresh);
    console.log('docs/clients.md is written anew.');
  }
}
