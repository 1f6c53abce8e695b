import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalRedis } from './open-redis.ts';

const python = process.env['MXCP_TEST_PYTHON'] ?? 'python3';

/** Packages that this Python lacks, of those that the blocks import. */
export function missingPackages(): readonly string[] {
  const names = ['numpy', 'pandas', 'pyarrow', 'requests', 'httpx', 'aiohttp', 'sklearn', 'redis', 'stripe', 'duckdb'];
  const find = 'import importlib.util as u, sys; print(*(n for n in sys.argv[1:] if u.find_spec(n) is None))';
  return execFileSync(python, ['-c', find, ...names], { encoding: 'utf8' })
    .split(/\s+/)
    .filter(name => name !== '');
}

/** A virtual environment of the project's own, in which the packages of the tests' Python are found; its site-packages. */
export function makeEnvironment(folder: string): string {
  const environment = join(folder, '.venv');
  execFileSync(python, ['-m', 'venv', '--without-pip', environment]);
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const sitePackages = (interpreter: string): string =>
    execFileSync(interpreter, ['-c', ask], { encoding: 'utf8' }).trim();
  const own = sitePackages(join(environment, 'bin/python'));
  writeFileSync(join(own, 'packages-of-the-tests.pth'), `${sitePackages(python)}\n`);
  return own;
}

/**
 * A program `dbt` that is found only through the environment's `bin`. It opens the database itself, makes the table
 * `dbt_model` with the text of dbt-token.txt, and appends what it saw to dbt-runs.jsonl. The text
 * `fail` makes it fail before that.
 */
export function installDbt(folder: string, redis: LocalRedis): void {
  const file = join(folder, '.venv/bin/dbt');
  writeFileSync(
    file,
    `#!${join(folder, '.venv/bin/python')}
import json
import pathlib
import sys

import duckdb
import redis

token = pathlib.Path("dbt-token.txt").read_text()
if token == "fail":
    sys.exit("dbt could not compile.")
arguments = " ".join(sys.argv[1:])
with duckdb.connect("data/analytics.duckdb") as connection:
    connection.execute("CREATE OR REPLACE TABLE dbt_model (token VARCHAR, arguments VARCHAR)")
    connection.execute("INSERT INTO dbt_model VALUES (?, ?)", [token, arguments])
clients = redis.Redis(port=${redis.port}, password="${redis.password}").client_list()
with open("dbt-runs.jsonl", "a") as runs:
    print(json.dumps({"token": token, "arguments": arguments, "redisClients": len(clients) - 1}), file=runs)
print("dbt has run")
`,
  );
  chmodSync(file, 0o755);
}

/** What a script prints that is run by the tests' Python. */
export function runPython(script: string, args: readonly string[] = []): string {
  return execFileSync(python, ['-c', script, ...args], { encoding: 'utf8' });
}
