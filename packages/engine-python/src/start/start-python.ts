import { fileURLToPath } from 'node:url';
import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { BoundHandler, EngineHost, StartedEngine } from '@mxcp-ts/engine';
import {
  bindBrokenHandler,
  bindGuestHandler,
  executeInDatabase,
  type Guest,
  type GuestModule,
  type GuestOptions,
  startGuest,
} from '@mxcp-ts/guest';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { findInterpreter, type Probe } from '../interpreter/find-interpreter.ts';
import { pythonEnvironment } from '../interpreter/python-environment.ts';
import { type PythonEndpoint, spanOfSource } from '../python-endpoints.ts';
import { listModules } from './list-modules.ts';
import { describeLoadError, loadDiagnostics, type ReadyReport } from './load-diagnostics.ts';
import { startMessage } from './start-message.ts';

export interface StartOptions {
  readonly sdkFolder: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly probe: Probe;
}

/** Starts the one Python process of a project: loads its modules, runs their `on_init` hooks. */
export async function startPython(
  endpoints: readonly PythonEndpoint[],
  host: EngineHost,
  { sdkFolder, env, probe }: StartOptions,
): Promise<StartedEngine> {
  const { project, log } = host;
  const found = await findInterpreter(project, env, probe);
  if (!found.ok) {
    return withoutGuest(endpoints, endpoint =>
      diagnostic('plan/no-interpreter', found.message, spanOfSource(endpoint), found.hint),
    );
  }
  const { interpreter } = found;
  const modules = listModules(project, endpoints);
  const start = startMessage(project, endpoints, modules);
  const guest = await startGuest({
    name: 'Python',
    command: interpreter.executable,
    args: ['-u', fileURLToPath(new URL('mxcp_guest/__main__.py', sdkFolder)), project.config.pythonFolder],
    env: pythonEnvironment(interpreter, project.root, env),
    cwd: project.root,
    start,
    execute: executeInDatabase(host.database, 'typed'),
    log,
  });
  const { firstStart } = guest;
  if (!firstStart.ok) {
    await guest.stop({ deadlineMs: 0 });
    return withoutGuest(endpoints, endpoint =>
      diagnostic('plan/module-load', firstStart.reason, spanOfSource(endpoint)),
    );
  }
  const diagnosticOf = loadDiagnostics(
    firstStart,
    endpoints,
    start.handlers.map(({ module }) => module),
    interpreter,
  );
  logLoading(firstStart, modules, start, log);
  return startedEngine(guest, endpoints, diagnosticOf);
}

function startedEngine(
  guest: Guest,
  endpoints: readonly PythonEndpoint[],
  diagnosticOf: ReadonlyMap<number, Diagnostic>,
): StartedEngine {
  const indexOf = new Map(endpoints.map(({ definition }, index) => [definition.id, index]));
  return {
    diagnostics: [...diagnosticOf.values()],
    bind: (endpoint: EndpointDefinition): BoundHandler => {
      const index = indexOf.get(endpoint.id);
      if (index === undefined) throw new Error(`${endpoint.id} was not given to the Python engine.`);
      const broken = diagnosticOf.get(index);
      return broken === undefined ? bindGuestHandler(guest, index) : failWith(broken);
    },
    problems: () => guest.problems(),
    stop: options => guest.stop(options),
  };
}

function withoutGuest(
  endpoints: readonly PythonEndpoint[],
  describe: (endpoint: PythonEndpoint) => Diagnostic,
): StartedEngine {
  const byId = new Map(endpoints.map(endpoint => [endpoint.definition.id, describe(endpoint)]));
  return {
    diagnostics: [...byId.values()],
    bind: endpoint => {
      const broken = byId.get(endpoint.id);
      if (broken === undefined) throw new Error(`${endpoint.id} was not given to the Python engine.`);
      return failWith(broken);
    },
    problems: () => [...new Set([...byId.values()].map(({ message }) => message))],
    stop: async () => {},
  };
}

function failWith({ message, hint, code }: Diagnostic): BoundHandler {
  return bindBrokenHandler(code, hint === undefined ? message : `${message} ${hint}`);
}

/** Stacks, and modules that no endpoint needs. A package that is missing from an endpoint's module is said by its finding. */
function logLoading(
  report: ReadyReport,
  modules: readonly GuestModule[],
  start: GuestOptions['start'],
  log: EngineHost['log'],
) {
  const needed = new Set(start.handlers.map(({ module }) => module));
  for (const { module, error } of report.modules) {
    if (needed.has(module) && error.missingPackage !== undefined) continue;
    const path = modules[module]?.path ?? 'A module';
    if (needed.has(module)) log('error', `${path}: ${error.stack ?? describeLoadError(error)}`);
    else log('warning', `${path}: ${describeLoadError(error)}`);
  }
  for (const { hook, message, stack } of report.hooks) {
    log('error', `The on_init hook "${hook ?? ''}" failed: ${stack ?? message}`);
  }
}
