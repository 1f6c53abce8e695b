import { didYouMean, formatPretty, hasErrors, MxcpError } from '@mxcp-ts/diagnostics';
import { builtInEngines, loadFolder, openProjectDatabase } from '@mxcp-ts/mxcp';
import type { EndpointDefinition, LoadedProject } from '@mxcp-ts/project';
import { concerns, describeOutcome, type Outcome, Runtime } from '@mxcp-ts/runtime';
import type { JsonObject } from '@mxcp-ts/values';
import type { CommandContext } from '../command-context.ts';
import { findServer } from '../find-server.ts';
import { onInterrupt } from '../on-interrupt.ts';
import { openLog } from '../open-log.ts';
import { note, print, printJson, wantsColor } from '../output/print.ts';
import { renderValue } from '../output/render-value.ts';
import { readParams } from '../read-params.ts';

export type RunArgs = readonly [kind: 'tool' | 'resource' | 'prompt', name: string];

export interface RunOptions {
  readonly param: readonly string[];
  readonly readonly?: true;
}

/** Runs one endpoint as a client would, through the running server if there is one, and prints its result. */
export async function run([kind, name]: RunArgs, options: RunOptions, context: CommandContext): Promise<number> {
  const args = readParams(options.param);
  const loaded = await loadFolder({ ...context, isReadOnly: options.readonly });
  const target = getEndpoint(loaded, kind, name);
  const interrupt = onInterrupt();
  const call = { endpoint: target.definition.id, args: { ...target.args, ...args }, signal: interrupt.signal };
  try {
    const server = await findServer(target.project);
    const outcome =
      server === undefined
        ? await runHere(target, call, context)
        : await server
            .call('POST /invoke', { endpoint: call.endpoint, args: call.args }, interrupt.signal)
            .catch(cancelled(interrupt.signal));
    return report(outcome, context);
  } finally {
    interrupt.stop();
  }
}

interface Target {
  readonly project: NonNullable<LoadedProject['project']>;
  readonly definition: EndpointDefinition;
  /** What a concrete URI says about the variables of a template. */
  readonly args: JsonObject;
}

function getEndpoint(loaded: LoadedProject, kind: RunArgs[0], name: string): Target {
  const { project } = loaded;
  refuseBroken(loaded, kind, name);
  if (project === undefined) throw new MxcpError('invalid-project', 'The project cannot be loaded.');
  const candidates = project.endpoints.filter(definition => definition.kind === kind);
  const exact = candidates.find(definition => definition.name === name);
  if (exact !== undefined) return { project, definition: exact, args: {} };
  for (const definition of candidates) {
    const args = definition.kind === 'resource' ? definition.template?.match(name) : undefined;
    if (args !== undefined) return { project, definition, args };
  }
  const hint =
    didYouMean(
      name,
      candidates.map(definition => definition.name),
    ) ?? 'Run `mxcp-ts list` to see what there is.';
  throw new MxcpError('not-found', `There is no ${kind} "${name}".`, { hint });
}

/** The findings of the one endpoint, and of the configuration, stand in the way; those of other files do not. */
function refuseBroken({ diagnostics, configFiles, project, files }: LoadedProject, kind: string, name: string): void {
  const definition = project?.endpoints.find(candidate => candidate.kind === kind && candidate.name === name);
  const broken = files.filter(file => file.name === name).map(({ file }) => file.path);
  const errors = diagnostics.filter(
    finding =>
      finding.severity === 'error' &&
      (finding.span === undefined ||
        configFiles.some(file => file.path === finding.span?.source.path) ||
        broken.includes(finding.span.source.path) ||
        (definition !== undefined && concerns(finding, definition))),
  );
  if (errors.length === 0) return;
  process.stderr.write(formatPretty(errors, { color: wantsColor(process.stderr) }));
  throw new MxcpError('invalid-project', `The ${kind} "${name}" cannot run.`, {
    hint: 'Mend the findings above; `mxcp-ts validate` lists all of them.',
  });
}

async function runHere(
  { project, definition }: Target,
  call: { readonly endpoint: string; readonly args: JsonObject; readonly signal: AbortSignal },
  context: CommandContext,
): Promise<Outcome> {
  const log = openLog(project, context);
  const database = await openProjectDatabase(project, log);
  const runtime = await Runtime.open({ project, endpoints: [definition], engines: builtInEngines(), database, log });
  try {
    if (hasErrors(runtime.diagnostics)) {
      process.stderr.write(formatPretty(runtime.diagnostics, { color: wantsColor(process.stderr) }));
    }
    return await runtime.invoke({ ...call, origin: 'cli' });
  } finally {
    await runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 5_000 });
  }
}

function cancelled(signal: AbortSignal): (error: unknown) => Outcome {
  return error => {
    if (signal.aborted) return { kind: 'cancelled' };
    throw error;
  };
}

function report(outcome: Outcome, { isJson }: CommandContext): number {
  if (outcome.kind === 'ok') {
    if (isJson) printJson({ status: 'ok', result: outcome.value });
    else print(renderValue(outcome.value));
    return 0;
  }
  const { kind, ...facts } = outcome;
  if (isJson) printJson({ status: 'error', error: describeOutcome(outcome), code: kind, ...facts });
  note(describeOutcome(outcome));
  return exitCodeOf(outcome);
}

function exitCodeOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'ok':
      return 0;
    case 'cancelled':
      return 130;
    case 'internal':
      return 70;
    case 'invalid-input':
    case 'denied':
    case 'not-found':
    case 'handler-failed':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
      return 1;
  }
}
