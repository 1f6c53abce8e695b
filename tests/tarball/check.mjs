// Packs mxcp-ts as it is published, installs the tarball in an empty folder without the repository, and uses it there:
// init, validate, run, then a client over stdio and one over HTTP; then all of it again in a read-only project folder.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'mxcp-ts-tarball-'));
const installed = join(work, 'installed');
const env = { ...process.env, HOME: work };
// Root may write everywhere, whatever the mode says.
const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
chmodSync(work, 0o755);

try {
  step('pack');
  run('npx', ['--yes', packageManager, 'pack', '--pack-destination', work], join(root, 'cli'));
  const tarball = join(
    work,
    readdirSync(work).find(name => name.endsWith('.tgz')),
  );
  step('install');
  mkdirSync(installed);
  run('npm', ['install', '--no-audit', '--no-fund', '--prefix', installed, tarball], work);
  const program = join(installed, 'node_modules/.bin/mxcp-ts');

  step('init, validate, run');
  run(program, ['init', 'demo', '--bootstrap', '--yes'], work);
  const demo = join(work, 'demo');
  run(program, ['validate', '--strict'], demo);
  assert.equal(run(program, ['run', 'tool', 'hello_world', '--param', 'name=World'], demo), 'Hello, World!\n');

  step('stdio');
  await useOverStdio(program, demo, {});
  step('HTTP');
  await useOverHttp(program, demo, {});

  step('read-only folder');
  const locked = join(work, 'locked');
  run(program, ['init', 'locked', '--bootstrap', '--yes'], work);
  setWritable(locked, false);
  const before = listing(locked);
  assert.equal(
    run(program, ['run', 'tool', 'hello_world', '--param', 'name=World'], locked, stranger),
    'Hello, World!\n',
  );
  run(program, ['validate', '--strict'], locked, stranger);
  await useOverStdio(program, locked, stranger);
  await useOverHttp(program, locked, stranger);
  assert.deepEqual(listing(locked), before);
  setWritable(locked, true);
  console.log('The tarball works.');
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function useOverStdio(program, folder, { uid }) {
  const client = new Client({ name: 'tarball', version: '1.0.0' });
  // The client's transport cannot start a process as somebody else, so that process changes itself.
  const become = `data:text/javascript,import{isMainThread as m}from'node:worker_threads';m&&process.setgid(${uid});m&&process.setuid(${uid})`;
  const args = [
    ...(uid === undefined ? [] : ['--import', become]),
    program,
    'serve',
    '--transport',
    'stdio',
    '-C',
    folder,
  ];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'inherit' }));
  await useAll(client);
  await client.close();
}

async function useOverHttp(program, folder, user) {
  const server = spawn(program, ['serve', '-C', folder, '--port', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  try {
    const client = new Client({ name: 'tarball', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new StreamableHTTPClientTransport(new URL(await addressOf(server))));
    await useAll(client);
    await client.close();
  } finally {
    server.kill('SIGTERM');
    const code = await new Promise(resolve => server.once('close', resolve));
    assert.equal(code, 0, 'serve ends with 0');
  }
}

async function useAll(client) {
  const calls = [
    ['hello_world', { name: 'World' }, 'Hello, World!'],
    ['word_count', { text: 'to be or not to be' }, '{"words":6,"different":4}'],
    ['text_statistics', { text: 'a bit longer' }, '{"longest":"longer","mean_length":3.33}'],
  ];
  assert.deepEqual(
    (await client.listTools()).tools.map(({ name }) => name),
    calls.map(([name]) => name).toSorted(),
  );
  for (const [name, args, text] of calls) {
    const { content } = await client.callTool({ name, arguments: args });
    assert.deepEqual(content, [{ type: 'text', text }]);
  }
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stderr.setEncoding('utf8').on('data', chunk => {
      text += chunk;
      const found = /, at (http:\S+\/mcp)/.exec(text);
      if (found !== null) resolve(found[1]);
    });
    server.once('close', code => reject(new Error(`serve ended with ${code}:\n${text}`)));
  });
}

function run(command, args, cwd, user = {}) {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...user });
}

function setWritable(folder, isWritable) {
  for (const name of readdirSync(folder, { recursive: true }))
    chmodSync(join(folder, String(name)), isWritable ? 0o755 : 0o555);
  chmodSync(folder, isWritable ? 0o755 : 0o555);
}

function listing(folder) {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

function step(text) {
  console.log(`[tarball] ${text}`);
}
