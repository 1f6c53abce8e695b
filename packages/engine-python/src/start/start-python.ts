import { fileURLToPath } from 'node:url';
import { type Diagnostic, diagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { BoundHandler, EngineHost, StartedEngine } from '@mxcp-ts/engine';
import { bindBrokenHandler, bindGuestFunctions, bindGuestHandler, type Guest, startGuest } from '@mxcp-ts/guest';
import type { EndpointDefinition, PluginDefinition } from '@mxcp-ts/project';
import { findInterpreter, type Probe } from '../interpreter/find-interpreter.ts';
import { pythonEnvironment } from '../interpreter/python-environment.ts';
import { type PythonEndpoint, spanOfSource } from '../python-endpoints.ts';
import { pathOfPlugin, pythonPluginsOf, spanOfPlugin } from '../python-plugins.ts';
import { listModules } from './list-modules.ts';
import { describeLoadError, loadDiagnostics, type ReadyReport } from './load-diagnostics.ts';
import { isSaidByFinding, pluginDiagnostics } from './plugin-diagnostics.ts';
import { type PythonCode, startMessage } from './start-message.ts';

export interface StartOptions {
  readonly sdkFolder: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly probe: Probe;
}

/** Starts the one Python process of a project: loads its plug-ins and modules, runs their `on_init` hooks. */
export async function startPython(
  endpoints: readonly PythonEndpoint[],
  host: EngineHost,
  { sdkFolder, env, probe }: StartOptions,
): Promise<StartedEngine> {
  const { project, database, sessions, announce, requestReload, log } = host;
  const plugins = pythonPluginsOf(project);
  if (endpoints.length + plugins.length === 0) return withoutGuest([], new Map());
  const found = await findInterpreter(project, env, probe);
  if (!found.ok) {
    return allBroken(endpoints, plugins, span => diagnostic('plan/no-interpreter', found.message, span, found.hint));
  }
  const { interpreter } = found;
  const code = { endpoints, plugins, modules: listModules(project, endpoints) };
  const start = startMessage(project, code, requestReload !== undefined);
  const { pythonFolder, pluginsFolder } = project.config;
  const folders = plugins.length > 0 ? [pythonFolder, pluginsFolder] : [pythonFolder];
  const guest = await startGuest({
    name: 'Python',
    command: interpreter.executable,
    args: ['-u', fileURLToPath(new URL('mxcp_guest/__main__.py', sdkFolder)), ...folders],
    env: pythonEnvironment(interpreter, project.root, env),
    cwd: project.root,
    start,
    services: { database, sessions, announce, requestReload, rows: 'columns' },
    log,
  });
  const { firstStart } = guest;
  if (!firstStart.ok) {
    await guest.stop({ deadlineMs: 0 });
    return allBroken(endpoints, plugins, (span, code) => diagnostic(code, firstStart.reason, span));
  }
  const handlerModules = start.handlers.map(({ module }) => module);
  const broken = loadDiagnostics(firstStart, endpoints, handlerModules, interpreter);
  logLoading(firstStart, code, handlerModules, log);
  return startedEngine(guest, endpoints, broken, pluginDiagnostics(firstStart, plugins, interpreter));
}

function startedEngine(
  guest: Guest,
  endpoints: readonly PythonEndpoint[],
  diagnosticOf: ReadonlyMap<number, Diagnostic>,
  aboutPlugins: readonly Diagnostic[],
): StartedEngine {
  const indexOf = new Map(endpoints.map(({ definition }, index) => [definition.id, index]));
  return {
    diagnostics: [...diagnosticOf.values(), ...aboutPlugins],
    functions: bindGuestFunctions(guest),
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

type Describe = (span: Span | undefined, code: 'plan/module-load' | 'plan/plugin-load') => Diagnostic;

/** For a project whose Python does not run at all: every endpoint and plug-in has the finding. */
function allBroken(
  endpoints: readonly PythonEndpoint[],
  plugins: readonly PluginDefinition[],
  describe: Describe,
): StartedEngine {
  const byId = new Map(
    endpoints.map(endpoint => [endpoint.definition.id, describe(spanOfSource(endpoint), 'plan/module-load')]),
  );
  const aboutPlugins = plugins.map(plugin => describe(spanOfPlugin(plugin), 'plan/plugin-load'));
  return withoutGuest([...byId.values(), ...aboutPlugins], byId);
}

function withoutGuest(diagnostics: readonly Diagnostic[], byId: ReadonlyMap<string, Diagnostic>): StartedEngine {
  return {
    diagnostics,
    functions: [],
    bind: endpoint => {
      const broken = byId.get(endpoint.id);
      if (broken === undefined) throw new Error(`${endpoint.id} was not given to the Python engine.`);
      return failWith(broken);
    },
    problems: () => [...new Set(diagnostics.map(({ message }) => message))],
    stop: async () => {},
  };
}

function failWith({ message, hint, code }: Diagnostic): BoundHandler {
  return bindBrokenHandler(code, hint === undefined ? message : `${message} ${hint}`);
}

/** Stacks, and modules that no endpoint needs. A package that is missing from an endpoint's module is said by its finding. */
function logLoading(
  report: ReadyReport,
  { plugins, modules }: PythonCode,
  handlerModules: readonly number[],
  log: EngineHost['log'],
) {
  for (const { plugin: index, error } of report.plugins) {
    const plugin = plugins[index];
    if (plugin === undefined || isSaidByFinding(error)) continue;
    log('error', `${pathOfPlugin(plugin)}: ${error.stack ?? error.message}`);
  }
  for (const { module, error } of report.modules) {
    const isNeeded = handlerModules.includes(module);
    if (isNeeded && error.missingPackage !== undefined) continue;
    const path = modules[module]?.path ?? 'A module';
    if (isNeeded) log('error', `${path}: ${error.stack ?? describeLoadError(error)}`);
    else log('warning', `${path}: ${describeLoadError(error)}`);
  }
  for (const { hook, message, stack } of report.hooks) {
    log('error', `The on_init hook "${hook ?? ''}" failed: ${stack ?? message}`);
  }
}
