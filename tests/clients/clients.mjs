import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const drivers = fileURLToPath(new URL('drivers/', import.meta.url));
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const venv = join(root, '.venv-clients');

const inspectorVersion = '2.12.0';

/**
 * The clients, each with the eras that it speaks and how its driver is started. Makes sure that all of them are
 * installed: those for Node by pnpm, those for Python in `.venv-clients`, the inspector in npx's own cache.
 */
export function prepareClients() {
  const python = preparePython();
  const underNode24 = [
    'npx',
    '--yes',
    '--loglevel=error',
    '--package=node@24',
    `--package=@modelcontextprotocol/inspector@${inspectorVersion}`,
  ];
  const inspector = [...underNode24, '--', 'node', join(drivers, 'inspector.mjs')];
  execFileSync(inspector[0], [...underNode24.slice(1), '--', 'node', '--version'], { stdio: 'ignore' });
  return [
    client('sdk-v2', `TypeScript SDK ${npmVersion('client')}`, ['2026', '2025'], ['node', join(drivers, 'sdk-v2.mjs')]),
    client('sdk-v1', `TypeScript SDK ${npmVersion('sdk')}`, ['2025'], ['node', join(drivers, 'sdk-v1.mjs')]),
    client('mcp', `Python \`mcp\` ${pinned('mcp')}`, ['2026', '2025'], [python, join(drivers, 'mcp_client.py')]),
    client('fastmcp', `FastMCP ${pinned('fastmcp')}`, ['2026', '2025'], [python, join(drivers, 'fastmcp_client.py')]),
    client('inspector', `Inspector \`--cli\` ${inspectorVersion}`, ['2026', '2025'], inspector),
    client('mcpdo', `Inspector \`mcpdo\` ${inspectorVersion}`, ['2026', '2025'], inspector),
  ];
}

function client(id, title, eras, command) {
  return { id, title, eras, command: command[0] === 'node' ? [process.execPath, ...command.slice(1)] : command };
}

/** Installs anew when the requirements are not those of the last time. */
function preparePython() {
  const python = join(venv, 'bin/python');
  const stamp = join(venv, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  execFileSync(python, install, { stdio: 'inherit' });
  writeFileSync(stamp, wanted);
  return python;
}

function npmVersion(name) {
  const file = join(root, 'node_modules/@modelcontextprotocol', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

function pinned(name) {
  return new RegExp(`^${name}==(\\S+)$`, 'm').exec(readFileSync(requirements, 'utf8'))[1];
}
