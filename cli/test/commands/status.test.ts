import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { respond, runningStatus } from '../support/admin-responder.ts';
import { json } from '../support/projects.ts';
import { runHere } from '../support/run-here.ts';

const folder = makeProject({});
const error = `No server of the project in ${folder} (profile default) is running.`;
const hint = 'Start one with `mxcp-ts serve`.';

test('without a server both commands say so, each with its own exit code', async () => {
  const stdout = json({ status: 'error', error, code: 'not-running', hint });
  const stderr = `${error}\n${hint}\n`;
  expect(await runHere(['status', '-C', folder])).toEqual({ exitCode: 1, stdout: '', stderr });
  expect(await runHere(['status', '--json', '-C', folder])).toEqual({ exitCode: 1, stdout, stderr });
  expect(await runHere(['reload', '--json', '-C', folder])).toEqual({ exitCode: 2, stdout, stderr });
});

test.each([
  [
    {},
    `Serving test (profile default, read-only): ready, 2 calls running, up 0h12m5s
PID 4711, mxcp-ts 0.1.0, generation 3, not reloaded yet
Admin socket: /run/test.sock
`,
  ],
  [
    {
      mode: 'readwrite' as const,
      ready: false,
      active_calls: 1,
      problems: ['The hook on_init of sales.py raised.'],
      reload: {
        ...runningStatus.reload,
        last_reload: '2026-03-01T08:30:00.000Z',
        last_reload_status: 'error' as const,
        last_reload_error: 'The project has 1 error.',
      },
    },
    `Serving test (profile default): not ready, 1 call running, up 0h12m5s
PID 4711, mxcp-ts 0.1.0, generation 3, last reload 2026-03-01T08:30:00.000Z failed: The project has 1 error.
Admin socket: /run/test.sock
Problem: The hook on_init of sales.py raised.
`,
  ],
  [
    {
      reload: {
        ...runningStatus.reload,
        in_progress: true,
        last_reload: '2026-03-01T08:30:00.000Z',
        last_reload_status: 'success' as const,
      },
    },
    `Serving test (profile default, read-only): reloading, 2 calls running, up 0h12m5s
PID 4711, mxcp-ts 0.1.0, generation 3, last reload 2026-03-01T08:30:00.000Z
Admin socket: /run/test.sock
`,
  ],
])('tells how the server is: %j', async (status, stdout) => {
  await respond({}, status);
  expect(await runHere(['status', '-C', folder])).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test('--json gives all that the server says', async () => {
  await respond({});
  expect(await runHere(['status', '--json', '-C', folder])).toEqual({
    exitCode: 0,
    stdout: json({ status: 'ok', result: runningStatus }),
    stderr: '',
  });
});

test('a site file that cannot be read leaves nobody to ask', async () => {
  const broken = makeProject({ 'mxcp-site.yml': 'mxcp: [\n' });
  const { exitCode, stdout, stderr } = await runHere(['status', '-C', broken]);
  expect([exitCode, stdout, stderr.split('\n').at(-2)]).toEqual([
    1,
    '',
    'The project cannot be read, so its server cannot be found.',
  ]);
});
