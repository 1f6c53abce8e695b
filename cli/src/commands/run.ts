import type { AdminClient, Caller } from '@mxcp-ts/admin';
import { type Diagnostic, didYouMean, hasErrors, MxcpError } from '@mxcp-ts/diagnostics';
import { builtInEngines, isAboutConfiguration, loadFolder, startProject } from '@mxcp-ts/mxcp';
import type { EndpointDefinition, LoadedProject, Project } from '@mxcp-ts/project';
import { concerns, describeOutcome, localContext, type Outcome } from '@mxcp-ts/runtime';
import { coerceArguments, type JsonObject } from '@mxcp-ts/values';
import type { CommandContext } from '../command-context.ts';
import { enterProject } from '../enter-project.ts';
import { findServerInMode } from '../find-server.ts';
import { onInterrupt } from '../on-interrupt.ts';
import { openLog } from '../open-log.ts';
import { note, print, printJson } from '../output/print.ts';
import { promptMessages, renderPrompt } from '../output/prompt-messages.ts';
import { renderValue } from '../output/render-value.ts';
import { type CallerOptions, readCallerOptions } from '../read-caller-options.ts';
import { readParams } from '../read-params.ts';
import { refuseProject } from '../refuse-project.ts';

export type RunArgs = readonly [kind: 'tool' | 'resource' | 'prompt', name: string];

export interface RunOptions extends CallerOptions {
  readonly param: readonly string[];
  readonly readonly?: boolean;
  readonly skipOutputValidation?: true;
}

/** How a call ended, and which of the reloads that it asked for failed. */
interface EndedCall {
  readonly outcome: Outcome;
  readonly failedReloads: readonly string[];
}

/** Runs one endpoint as a client would, through the running server if there is one, and prints its result. */
export async function run([kind, name]: RunArgs, options: RunOptions, context: CommandContext): Promise<number> {
  const args = readParams(options.param);
  const caller = readCallerOptions(options);
  const loaded = await loadFolder({ ...context, isReadOnly: options.readonly });
  const findings = findingsOf(loaded, kind, name);
  if (loaded.project === undefined || hasErrors(findings)) return refuse(findings, kind, name, context);
  const target = getEndpoint(loaded.project, kind, name);
  const interrupt = onInterrupt();
  const call: Call = {
    endpoint: target.definition.id,
    args: argumentsFor(target, args),
    caller,
    isResultUnchecked: options.skipOutputValidation === true,
    signal: interrupt.signal,
  };
  try {
    const server = await findServerInMode(loaded.project, options.readonly);
    const ended =
      server === undefined ? await runHere(loaded, target.definition, call, context) : await runThere(server, call);
    return 'findings' in ended ? refuse(ended.findings, kind, name, context) : report(ended, kind, context);
  } finally {
    interrupt.stop();
  }
}

/** A tool with a JSON Schema of its own coerces nothing; what was typed here are texts nevertheless. */
function argumentsFor({ definition, args }: Target, typed: JsonObject): JsonObject {
  const all = { ...args, ...typed };
  const isRaw = definition.kind === 'tool' && definition.inputSchema !== undefined;
  return isRaw ? coerceArguments(definition.parameters, all) : all;
}

interface Call {
  readonly endpoint: string;
  readonly args: JsonObject;
  readonly caller: Caller;
  readonly isResultUnchecked: boolean;
  readonly signal: AbortSignal;
}

/** The findings of the one endpoint, and of the configuration, stand in the way; those of other files do not. */
function findingsOf(loaded: LoadedProject, kind: string, name: string): readonly Diagnostic[] {
  const { diagnostics, project, files } = loaded;
  const definition = project?.endpoints.find(candidate => candidate.kind === kind && candidate.name === name);
  const named = new Set(files.filter(file => file.name === name).map(({ file }) => file.path));
  return diagnostics.filter(
    finding =>
      isAboutConfiguration(finding, loaded) ||
      (finding.span !== undefined && named.has(finding.span.source.path)) ||
      (definition !== undefined && concerns(finding, definition)),
  );
}

function refuse(findings: readonly Diagnostic[], kind: string, name: string, context: CommandContext): number {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const hint = 'Mend the findings above; `mxcp-ts validate` lists all of them.';
  return refuseProject(errors, { error: `The ${kind} "${name}" cannot run.`, hint }, context);
}

interface Target {
  readonly definition: EndpointDefinition;
  /** What a concrete URI says about the variables of a template. */
  readonly args: JsonObject;
}

function getEndpoint({ endpoints }: Project, kind: RunArgs[0], name: string): Target {
  const candidates = endpoints.filter(definition => definition.kind === kind);
  const exact = candidates.find(definition => definition.name === name);
  if (exact !== undefined) return { definition: exact, args: {} };
  for (const definition of candidates) {
    const args = definition.kind === 'resource' ? definition.template?.match(name) : undefined;
    if (args !== undefined) return { definition, args };
  }
  const names = candidates.map(definition => definition.name);
  const hint = didYouMean(name, names) ?? 'Run `mxcp-ts list` to see what there is.';
  throw new MxcpError('not-found', `There is no ${kind} "${name}".`, { hint });
}

/** Starts the one endpoint exactly as a server would start all of them, its checks included. */
async function runHere(
  loaded: LoadedProject,
  definition: EndpointDefinition,
  call: Call,
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
  try {
    if (started.left.length > 0) return { findings: started.diagnostics.filter(finding => isWhy(finding, definition)) };
    const outcome = await started.runtime.invoke({
      ...call,
      context: { ...localContext('cli', 'cli'), ...call.caller },
    });
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

/** A reload that the call asks for is the server's: it goes on after the answer. */
async function runThere(server: AdminClient, call: Call): Promise<EndedCall> {
  const { endpoint, args, caller, isResultUnchecked, signal } = call;
  try {
    const body = { endpoint, args, context: caller, ...(isResultUnchecked && { skip_output_validation: true }) };
    const outcome = await server.call('POST /invoke', body, signal);
    if (outcome.kind !== 'not-found') return { outcome, failedReloads: [] };
  } catch (error) {
    if (signal.aborted) return { outcome: { kind: 'cancelled' }, failedReloads: [] };
    throw error;
  }
  throw new MxcpError(
    'not-found',
    `The running server (PID ${server.status.pid}) does not serve this ${endpoint.split(':')[0]}.`,
    {
      hint: 'It serves the project as it was when it was read last: `mxcp-ts reload` reads it again.',
    },
  );
}

function report({ outcome, failedReloads }: EndedCall, kind: RunArgs[0], { isJson }: CommandContext): number {
  if (outcome.kind !== 'ok') return reportFailure(outcome, failedReloads, isJson);
  const isPrompt = kind === 'prompt';
  const result = isPrompt ? promptMessages(outcome.value) : outcome.value;
  const [error] = failedReloads;
  if (!isJson) print(isPrompt ? renderPrompt(outcome.value) : renderValue(outcome.value));
  else if (error === undefined) printJson({ status: 'ok', result });
  else printJson({ status: 'error', error, code: 'reload-failed', result });
  for (const failure of failedReloads) note(failure);
  return error === undefined ? 0 : 1;
}

function reportFailure(
  outcome: Exclude<Outcome, { kind: 'ok' }>,
  failedReloads: readonly string[],
  isJson: boolean,
): number {
  const error = describeOutcome(outcome);
  if (isJson) printJson({ status: 'error', error, code: outcome.kind, ...factsOf(outcome) });
  note(error);
  for (const failure of failedReloads) note(failure);
  return exitCodeOf(outcome);
}

/** What a program may want to know beside the sentence. */
function factsOf(outcome: Exclude<Outcome, { kind: 'ok' }>): object {
  switch (outcome.kind) {
    case 'invalid-input':
      return { problems: outcome.problems };
    case 'invalid-output':
      return { problems: outcome.problems, incident: outcome.incident };
    case 'handler-failed':
    case 'internal':
      return { incident: outcome.incident };
    case 'timed-out':
      return { timeoutMs: outcome.timeoutMs };
    case 'unavailable':
      return { retryAfterMs: outcome.retryAfterMs };
    case 'input-required':
      return { requests: outcome.requests };
    case 'client-cannot':
      return { abilities: outcome.abilities };
    case 'denied':
    case 'not-found':
    case 'cancelled':
      return {};
  }
}

function exitCodeOf(outcome: Exclude<Outcome, { kind: 'ok' }>): number {
  switch (outcome.kind) {
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
    case 'input-required':
    case 'client-cannot':
      return 1;
  }
}
