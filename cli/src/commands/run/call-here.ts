import type { Diagnostic } from '@mxcp-ts/diagnostics';
import { builtInEngines, startProject } from '@mxcp-ts/mxcp';
import type { EndpointDefinition, LoadedProject } from '@mxcp-ts/project';
import { concerns, localContext, type Outcome } from '@mxcp-ts/runtime';
import type { CommandContext } from '../../command-context.ts';
import { enterProject } from '../../enter-project.ts';
import { openLog } from '../../open-log.ts';
import { type Call, commandLineClient, type EndedCall, type MakeCall } from './call.ts';

/** Starts the one endpoint exactly as a server would start all of them, its checks included, and calls it. */
export async function callHere(
  loaded: LoadedProject,
  definition: EndpointDefinition,
  call: Call,
  untilAnswered: (make: MakeCall) => Promise<Outcome>,
  context: CommandContext,
): Promise<EndedCall | { readonly findings: readonly Diagnostic[] }> {
  if (loaded.project === undefined) return { findings: loaded.diagnostics };
  const project = { ...loaded.project, endpoints: [definition] };
  enterProject(project);
  const log = openLog(project, context);
  // Errors in other files are known by now and do not matter, hence `ignoreErrors`.
  const started = await startProject(
    { ...loaded, project },
    {
      engines: builtInEngines(),
      log,
      reread: async () => ({ ...loaded, project }),
      ignoreErrors: true,
      isResultUnchecked: call.isResultUnchecked,
    },
  );
  if (!started.ok) return { findings: started.diagnostics };
  const caller = { ...localContext('cli', 'cli'), ...call.caller, client: commandLineClient() };
  try {
    if (started.left.length > 0) return { findings: started.diagnostics.filter(finding => isWhy(finding, definition)) };
    const outcome = await untilAnswered(answers => started.runtime.invoke({ ...call, answers, context: caller }));
    const { failed } = await started.reloader.finish();
    return { outcome, failedReloads: failed };
  } finally {
    await started.reloader.close();
    await started.runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 5_000 });
  }
}

/** SQL that calls a function of a plug-in fails for want of it when the plug-in does not load. */
function isWhy(finding: Diagnostic, definition: EndpointDefinition): boolean {
  return finding.code === 'plan/plugin-load' || concerns(finding, definition);
}
