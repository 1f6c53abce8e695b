import { hasErrors } from '@mxcp-ts/diagnostics';
import type { ServedProject, StartedProject } from '@mxcp-ts/mxcp';
import { count, note } from '../../output/print.ts';
import { printDiagnostics } from '../../output/print-diagnostics.ts';

type Started = Extract<StartedProject, { ok: true }>;

/** Says what is served, where and how to connect; before that, what was found and what was left out. */
export function announce(started: Started, { url }: ServedProject): void {
  const { diagnostics, left, runtime } = started;
  if (diagnostics.length > 0) printDiagnostics(diagnostics, 'pretty', process.stderr);
  if (hasErrors(diagnostics))
    note(`Left out because of errors: ${left.map(({ name }) => name).join(', ') || 'the files above'}.`);
  const { config, root } = runtime.plan.project;
  const mode = config.database.isReadOnly ? ', read-only' : '';
  const where = url === undefined ? 'over stdio' : `at ${url}`;
  note(`Serving ${config.project} (profile ${config.profile}${mode}): ${contents(started)}, ${where}`);
  if (url !== undefined) note(`Connect: claude mcp add --transport http ${clientName(config.project)} ${url}`);
  else if (process.stdin.isTTY === true)
    note(
      `A client starts this command itself: claude mcp add ${clientName(config.project)} -- mxcp-ts serve --transport stdio -C ${root}`,
    );
}

function contents({ runtime }: Started): string {
  const { tools, resources, prompts } = runtime.plan;
  const parts = [count(tools.length, 'tool'), count(resources.length, 'resource'), count(prompts.length, 'prompt')];
  return parts.join(', ');
}

/** Clients take letters, digits, `-` and `_` as a server's name. */
function clientName(project: string): string {
  return project.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'mxcp';
}
