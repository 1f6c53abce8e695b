import { hasErrors } from '@mxcp-ts/diagnostics';
import type { ServedProject, StartedProject } from '@mxcp-ts/mxcp';
import { count, note } from '../../output/print.ts';
import { printDiagnostics } from '../../output/print-diagnostics.ts';

type Started = Extract<StartedProject, { ok: true }>;

/** Says what is served, where and how to connect; before that, what was found and what was left out. */
export function announce(started: Started, { url }: ServedProject): void {
  const { diagnostics, left, runtime } = started;
  if (diagnostics.length > 0) printDiagnostics(diagnostics, process.stderr);
  if (hasErrors(diagnostics))
    note(`Left out because of errors: ${left.map(({ name }) => name).join(', ') || 'the files above'}.`);
  const { config, root } = runtime.plan.project;
  const mode = config.database.isReadOnly ? ', read-only' : '';
  const where = url === undefined ? 'over stdio' : `at ${url}`;
  const what = `Serving ${config.project} (profile ${config.profile}${mode}): ${contents(started)}, ${where}`;
  note([what, ...howToConnect(config.project, root, url)].join('\n'));
}

/** Over stdio a client starts the program itself, so only somebody who typed the command is told. */
function howToConnect(project: string, root: string, url: string | undefined): readonly string[] {
  const add = 'claude mcp add';
  if (url !== undefined) return [`Connect: ${add} --transport http ${clientName(project)} ${url}`];
  if (process.stdin.isTTY !== true) return [];
  return [
    `A client starts this command itself: ${add} ${clientName(project)} -- mxcp-ts serve --transport stdio -C ${root}`,
  ];
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
