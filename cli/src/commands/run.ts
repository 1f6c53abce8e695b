import { type Diagnostic, didYouMean, hasErrors, MxcpError } from '@mxcp-ts/diagnostics';
import { isAboutConfiguration, loadFolder } from '@mxcp-ts/mxcp';
import type { EndpointDefinition, LoadedProject, Project } from '@mxcp-ts/project';
import { concerns } from '@mxcp-ts/runtime';
import { coerceArguments, type JsonObject } from '@mxcp-ts/values';
import { askPerson } from '../answers/ask-person.ts';
import { openPrompter } from '../answers/prompter.ts';
import { readAnswers } from '../answers/read-answers.ts';
import type { CommandContext } from '../command-context.ts';
import { findServerInMode } from '../find-server.ts';
import { onInterrupt } from '../on-interrupt.ts';
import { type CallerOptions, readCallerOptions } from '../read-caller-options.ts';
import { readParams } from '../read-params.ts';
import { refuseProject } from '../refuse-project.ts';
import type { Call, MakeCall } from './run/call.ts';
import { callHere } from './run/call-here.ts';
import { callThere } from './run/call-there.ts';
import { outputFile } from './run/output-file.ts';
import { report } from './run/report.ts';
import { untilAnswered } from './run/until-answered.ts';
import { usedAnswers } from './run/used-answers.ts';

export type RunArgs = readonly [kind: 'tool' | 'resource' | 'prompt', name: string];

export interface RunOptions extends CallerOptions {
  readonly param: readonly string[];
  readonly answer: readonly string[];
  readonly output?: string;
  readonly readonly?: boolean;
  readonly skipOutputValidation?: true;
}

/** Runs one endpoint as a client would, through the running server if there is one, and prints its result. */
export async function run([kind, name]: RunArgs, options: RunOptions, context: CommandContext): Promise<number> {
  const args = readParams(options.param);
  const caller = readCallerOptions(options);
  const given = readAnswers(options.answer);
  const output = outputFile(options.output, context.cwd);
  const loaded = await loadFolder({ ...context, isReadOnly: options.readonly });
  const findings = findingsOf(loaded, kind, name);
  if (loaded.project === undefined || hasErrors(findings)) return refuse(findings, kind, name, context);
  const { definition, args: ofUri } = getEndpoint(loaded.project, kind, name);
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  const isResultUnchecked = options.skipOutputValidation === true;
  const call: Call = {
    endpoint: definition.id,
    args: argumentsFor(definition, { ...ofUri, ...args }),
    caller,
    isResultUnchecked,
    signal,
  };
  const person = openPerson(context, signal);
  const asked = new Set<string>();
  const onAsked = (key: string) => asked.add(key);
  const answering = (make: MakeCall) => untilAnswered(make, { given, ask: person?.ask, signal, onAsked });
  try {
    const server = await findServerInMode(loaded.project, options.readonly);
    const ended =
      server === undefined
        ? await callHere(loaded, definition, call, answering, context)
        : await callThere(server, call, answering);
    if ('findings' in ended) return refuse(ended.findings, kind, name, context);
    const answers = usedAnswers(options.answer, asked, ended.outcome);
    return report(ended, { definition, output, answers }, context);
  } finally {
    person?.close();
    interrupt.stop();
  }
}

/** Whoever sits at the terminal; undefined when the input or the questions would go somewhere else. */
function openPerson({ isJson, cwd }: CommandContext, signal: AbortSignal) {
  if (isJson || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = { input: process.stdin, output: process.stderr };
  const prompter = openPrompter(terminal, signal, () => void process.kill(process.pid, 'SIGINT'));
  const ask = (request: Parameters<typeof askPerson>[0]) => askPerson(request, prompter, cwd);
  return { ask, close: () => prompter.close() };
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

/** A tool with a JSON Schema of its own coerces nothing; what was typed here are texts nevertheless. */
function argumentsFor(definition: EndpointDefinition, args: JsonObject): JsonObject {
  const isRaw = definition.kind === 'tool' && definition.inputSchema !== undefined;
  return isRaw ? coerceArguments(definition.parameters, args) : args;
}
