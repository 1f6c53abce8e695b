// Makes a bare clone ready: installs the locked dependencies with the pinned pnpm, then builds. Needs Node, npm and a
// network only the first time; later runs notice that nothing changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`mxcp-ts needs Node 20.19 or newer; this is ${process.versions.node}.`);

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stamp = join(root, 'node_modules/.mxcp-setup');
const locked = createHash('sha256')
  .update(readFileSync(join(root, 'pnpm-lock.yaml')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== locked) {
  step(`Installing dependencies with ${packageManager}`);
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']);
  writeFileSync(stamp, locked);
}
step('Building');
await (await import('./build.mjs')).buildForUse();

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0)
    fail(`\`${command} ${args.join(' ')}\` ended with ${error?.message ?? `code ${status}`}.`);
}

function step(text) {
  process.stderr.write(`[setup] ${text} ...\n`);
}

function fail(text) {
  process.stderr.write(`[setup] ${text}\n`);
  process.exit(1);
}
