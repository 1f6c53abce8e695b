import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { type Finished, program, type RunningServer, runProgram, startServer } from '../../../tests/support/program.ts';
import { brokenSql, brokenYaml, greet, json, sqlTool } from '../support/projects.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function serve(folder: string, ...args: string[]): Promise<RunningServer> {
  const server = await startServer(folder, args);
  running.push(server);
  return server;
}

test('while it runs, list, validate, run and query go through it, and a second server is refused', async () => {
  const endless = sqlTool(
    'endless',
    'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range) = b.range',
  );
  const folder = makeProject({ 'tools/greet.yml': greet, 'tools/endless.yml': endless });
  const server = await serve(folder);
  expect(server.stderr()).toBe(
    `Serving test (profile default): 2 tools, 0 resources, 0 prompts, at ${server.url}\nConnect: claude mcp add --transport http test ${server.url}\n`,
  );
  const pid = server.child.pid;
  const [list, validate, run, query, readOnly, second] = await Promise.all([
    runProgram(['list', '--json', '-C', folder]),
    runProgram(['validate', '-C', folder]),
    runProgram(['run', 'tool', 'greet', '-p', 'name=World', '-C', folder]),
    runProgram(['query', 'CREATE TABLE t (n INTEGER)', '--json', '-C', folder]),
    runProgram(['query', 'SELECT 1', '--readonly', '--json', '-C', folder]),
    runProgram(['serve', '--transport', 'stdio', '--json', '-C', folder]),
  ]);
  expect(JSON.parse(list.stdout).result.endpoints.map(({ name }: { name: string }) => name)).toEqual([
    'endless',
    'greet',
  ]);
  expect(validate).toEqual({ exitCode: 0, stdout: '', stderr: '2 endpoint files checked: no findings.\n' });
  expect(run).toEqual({ exitCode: 0, stdout: 'Hello, World!\n', stderr: '' });
  expect(query).toMatchObject({ exitCode: 0, stdout: json({ status: 'ok', result: [] }) });
  expect(readOnly).toMatchObject({
    exitCode: 2,
    stdout: json({
      status: 'error',
      error: `The running server (PID ${pid}) has the database open for writing.`,
      code: 'usage',
      hint: 'Leave out --readonly, or stop the server.',
    }),
  });
  expect(second).toMatchObject({
    exitCode: 2,
    stdout: json({
      status: 'error',
      error: `Another mxcp-ts server (PID ${pid}) already serves this project.`,
      code: 'socket-taken',
      hint: 'Connect to that one, or stop it first.',
    }),
  });

  const cancelled = await interrupt(['run', 'tool', 'endless', '--json', '-C', folder], 'SIGINT', 1_500);
  expect(cancelled).toEqual({
    exitCode: 130,
    stdout: json({ status: 'error', error: 'The call was cancelled.', code: 'cancelled' }),
    stderr: 'The call was cancelled.\n',
  });
  expect(await server.stop()).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringMatching(/\nStopping; ask again to end at once\.\nStopped\.\n$/),
  });
});

test('what a killed server leaves behind hinders nobody', async () => {
  const folder = makeProject({ 'tools/greet.yml': greet });
  const first = await startServer(folder);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await runProgram(['run', 'tool', 'greet', '-p', 'name=World', '-C', folder])).toMatchObject({ exitCode: 0 });
  const second = await serve(folder);
  expect(second.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
});

test('a port that is taken is said, and the process ends', async () => {
  const taken = createServer();
  const port = await new Promise<number>(resolve => {
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
  });
  const folder = makeProject({ 'tools/greet.yml': greet });
  const { exitCode, stdout } = await runProgram(['serve', '--port', String(port), '--json', '-C', folder]);
  taken.close();
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    2,
    expect.objectContaining({ code: 'port-taken', error: `Port ${port} of 127.0.0.1 is in use by another program.` }),
  ]);
});

const broken = { 'tools/broken.yml': brokenSql, 'tools/greet.yml': greet, 'tools/yaml.yml': brokenYaml };

test.each(['stdio', 'http'])('findings refuse the start over %s, on stderr alone', async transport => {
  const { exitCode, stdout, stderr } = await runProgram(['serve', '--transport', transport, '-C', makeProject(broken)]);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('tools/yaml.yml:3:1  error  yaml/syntax\n');
  expect(stderr).toMatch(
    /\nThe project has \d errors? and was not served\.\nMend what is said above, or serve the rest with --ignore-errors\.\n$/,
  );
});

test('--ignore-errors serves the rest and says what is missing', async () => {
  const server = await serve(makeProject(broken), '--ignore-errors');
  expect(server.stderr()).toContain('\nLeft out because of errors: broken.\nServing test (profile default): 1 tool,');
});

test('errors of the site file cannot be ignored', async () => {
  const folder = makeProject({ 'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\nprofilez: {}\n' });
  const { exitCode, stdout } = await runProgram(['serve', '--ignore-errors', '--json', '-C', folder]);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    {
      status: 'error',
      error: 'The project has 1 error and was not served.',
      code: 'invalid-project',
      diagnostics: [expect.objectContaining({ code: 'project/unknown-field' })],
    },
  ]);
});

test('the old transport and strangers are refused with what to do instead', async () => {
  const folder = makeProject({ 'tools/greet.yml': greet });
  const [sse, open] = await Promise.all([
    runProgram(['serve', '--transport', 'sse', '-C', folder]),
    runProgram(['serve', '--host', '0.0.0.0', '-C', folder]),
  ]);
  expect(sse).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'The old HTTP+SSE transport is not served; MCP retired it in 2025.\nUse streamable-http: every current client speaks it.\n',
  });
  expect([open.exitCode, open.stderr.split('\n')[0]]).toEqual([
    2,
    'Listening on 0.0.0.0 would let everyone who reaches this machine call every tool: there is no authentication yet.',
  ]);
});

test('SIGTERM while it starts ends it cleanly', async () => {
  const files = {
    'tools/slow.yml': greet
      .replace('name: greet', 'name: slow\n  language: python')
      .replace(/code: .*/, 'file: ../python/slow.py'),
    'python/slow.py':
      'import time\n\nprint("loading")\ntime.sleep(1.5)\n\ndef slow(name: str) -> str:\n    return name\n',
  };
  const started = ['serve', '--port', '0', '-C', makeProject(files)];
  const { exitCode, stdout, stderr } = await interrupt(started, 'SIGTERM', /loading/);
  expect([exitCode, stdout, stderr]).toEqual([
    0,
    '',
    expect.stringMatching(/^INFO \[.*\] loading\nStopping; ask again to end at once\.\n$/),
  ]);
});

/** Sends the signal once stderr says something that fits, or after a while. */
function interrupt(args: readonly string[], signal: NodeJS.Signals, when: RegExp | number): Promise<Finished> {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  let isSent = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      if (isSent || typeof when === 'number' || !when.test(output.stderr)) return;
      isSent = true;
      child.kill(signal);
    });
  }
  if (typeof when === 'number') setTimeout(() => child.kill(signal), when);
  return new Promise(resolve => child.once('close', exitCode => resolve({ exitCode, ...output })));
}
