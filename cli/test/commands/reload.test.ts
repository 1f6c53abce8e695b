import type { AdminHandlers } from '@mxcp-ts/admin';
import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { respond } from '../support/admin-responder.ts';
import { brokenSql, json } from '../support/projects.ts';
import { runHere } from '../support/run-here.ts';

const folder = makeProject({ 'tools/broken.yml': brokenSql });
const reload = (...options: string[]) => runHere(['reload', ...options, '-C', folder]);
const finished = (
  result: Extract<Awaited<ReturnType<AdminHandlers['POST /reload']>>, { result: unknown }>['result'],
) => ({
  'POST /reload': async () => ({ status: 'reload_finished' as const, result }),
});

test('the server is asked to wait', async () => {
  const bodies: unknown[] = [];
  await respond({
    'POST /reload': async body => {
      bodies.push(body);
      return { status: 'reload_finished', result: { ok: true, generation: 4, changed: true } };
    },
  });
  await reload();
  expect(bodies).toEqual([{ wait: true }]);
});

test.each([
  [true, 'Reloaded: generation 4. What clients see has changed.\n'],
  [false, 'Reloaded: generation 4. Clients see nothing else than before.\n'],
])('says what became of it, changed or not: %j', async (changed, stdout) => {
  await respond(finished({ ok: true, generation: 4, changed }));
  expect(await reload()).toEqual({ exitCode: 0, stdout, stderr: '' });
  expect(await reload('--json')).toEqual({
    exitCode: 0,
    stdout: json({ status: 'ok', result: { generation: 4, changed } }),
    stderr: '',
  });
});

test('findings are shown with their lines, and the server serves on', async () => {
  const finding = {
    code: 'plan/sql-syntax',
    severity: 'error' as const,
    message: 'Syntax error at end of input.',
    path: 'tools/broken.yml',
    line: 6,
    column: 21,
    endLine: 6,
    endColumn: 21,
    hint: null,
  };
  const message = 'The project has 1 error; generation 3 is served on.';
  await respond(finished({ ok: false, diagnostics: [finding], message }));
  const stderr = `tools/broken.yml:6:21  error  plan/sql-syntax
  5 |   source:
  6 |     code: SELECT 1 +
    |                     ^
  Syntax error at end of input.

${message}
`;
  expect(await reload()).toEqual({ exitCode: 1, stdout: '', stderr });
  expect(await reload('--json')).toEqual({
    exitCode: 1,
    stdout: json({ status: 'error', error: message, code: 'reload-failed', diagnostics: [finding] }),
    stderr,
  });
});
