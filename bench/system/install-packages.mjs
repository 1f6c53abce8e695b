import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Ignored by git, and kept from run to run.
const folder = fileURLToPath(new URL('../out/', import.meta.url));
const toolboxVersion = '1.12.0';
const duckdbVersion = '1.5.6';

/**
 * The program of MCP Toolbox, installed when it is not there yet: 300 MB, too much for a dependency of this repository.
 * Undefined, with a word on stderr, where it cannot be had.
 */
export function installToolbox() {
  const target = join(folder, `toolbox-${toolboxVersion}`);
  const platform = `@toolbox-sdk/server-${process.platform}-${process.arch}`;
  const find = () => {
    const description = createRequire(join(target, 'x.js')).resolve(`${platform}/package.json`);
    return join(dirname(description), 'bin', process.platform === 'win32' ? 'toolbox.exe' : 'toolbox');
  };
  try {
    if (!existsSync(join(target, 'node_modules', platform))) {
      mkdirSync(target, { recursive: true });
      const what = `@toolbox-sdk/server@${toolboxVersion}`;
      run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', target, what]);
    }
    return find();
  } catch (error) {
    process.stderr.write(`MCP Toolbox is not measured: ${error.message.split('\n', 1)[0]}\n`);
    return undefined;
  }
}

/**
 * A Python interpreter with numpy, pandas and the duckdb of the product's own version: `MXCP_TEST_PYTHON` if it has them,
 * else a virtual environment, made when it is not there yet. Undefined, with a word on stderr, where it cannot be had.
 */
export function installPython() {
  const given = process.env.MXCP_TEST_PYTHON;
  if (given !== undefined && hasPackages(given)) return given;
  const target = join(folder, `python-duckdb-${duckdbVersion}`);
  const python = join(target, 'bin', 'python');
  try {
    if (!hasPackages(python)) {
      run('python3', ['-m', 'venv', target]);
      run(python, ['-m', 'pip', 'install', '--quiet', 'numpy', 'pandas', `duckdb==${duckdbVersion}`]);
    }
    return python;
  } catch (error) {
    process.stderr.write(`Data frames are not measured: ${error.message.split('\n', 1)[0]}\n`);
    return undefined;
  }
}

function hasPackages(python) {
  const script = `import duckdb, numpy, pandas; assert duckdb.__version__ == "${duckdbVersion}"`;
  try {
    execFileSync(python, ['-c', script], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 2, 'inherit'] });
}
