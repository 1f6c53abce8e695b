import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { BoundHandler, EngineHost, StartedEngine } from '@mxcp-ts/engine';
import { bindBrokenHandler, bindGuestFunctions, bindGuestHandler, type Guest, startGuest } from '@mxcp-ts/guest';
import type { EndpointDefinition } from '@mxcp-ts/project';
import type { Bundler } from '../bundle/bundler.ts';
import type { WrittenBundle } from '../bundle/write-bundle.ts';
import { SourceFiles } from '../check/source-files.ts';
import { type CodeEndpoint, realPath } from '../code-endpoint.ts';
import { codePluginsOf } from '../code-plugin.ts';
import { bundleUsable } from './bundle-usable.ts';
import { diagnoseStart } from './diagnose-start.ts';
import { OfferedPayloads } from './offered-payloads.ts';
import { type BundledCode, startMessageOf } from './start-message.ts';

interface StartOptions {
  readonly guestFile: URL;
  readonly runtimeFile: URL;
  readonly bundler: Bundler;
}

/** Bundles handlers and plug-ins and starts their guest. Files that do not build cost their own endpoints only. */
export async function startEngine(
  endpoints: readonly CodeEndpoint[],
  host: EngineHost,
  options: StartOptions,
): Promise<StartedEngine> {
  const code = { endpoints, plugins: codePluginsOf(host.project) };
  if (code.endpoints.length + code.plugins.length === 0) return startedWithout([]);
  const sources = new SourceFiles(realPath(host.project.root));
  const { usable, bundle, diagnostics } = await options.bundler.use(0, esbuild =>
    bundleUsable(code, sources, options.runtimeFile, esbuild),
  );
  if (bundle === undefined) return startedWithout(diagnostics);
  const payloads = new OfferedPayloads();
  const bundled = { ...usable, modules: bundle.modules };
  const guest = await startGuestFor(bundled, host, payloads, options);
  logFailedHooks(guest, host.log);
  const aboutStart = await diagnoseStart(guest.firstStart, bundled, sources);
  return startedWith({ guest, bundle, payloads, endpoints: usable.endpoints }, [...diagnostics, ...aboutStart]);
}

/** The guest itself says of a failed hook only that it failed. */
function logFailedHooks({ firstStart }: Guest, log: EngineHost['log']): void {
  if (!firstStart.ok) return;
  for (const { hook, type, message, stack = `${type}: ${message}` } of firstStart.hooks)
    log('error', `The onInit hook${hook === undefined ? '' : ` "${hook}"`} failed: ${stack}`);
}

function startGuestFor(
  code: BundledCode,
  { project, database, sessions, announce, requestReload, log }: EngineHost,
  payloads: OfferedPayloads,
  { guestFile }: StartOptions,
): Promise<Guest> {
  return startGuest({
    name: 'TypeScript',
    command: process.execPath,
    args: ['--enable-source-maps', fileURLToPath(guestFile)],
    env: process.env,
    cwd: project.root,
    start: startMessageOf(project, code, requestReload !== undefined),
    services: {
      rows: 'json',
      database,
      sessions,
      announce,
      requestReload: requestReload && (request => payloads.pass(request, requestReload)),
    },
    log,
  });
}

interface StartedParts {
  readonly guest: Guest;
  readonly bundle: WrittenBundle;
  readonly payloads: OfferedPayloads;
  readonly endpoints: readonly CodeEndpoint[];
}

function startedWith(
  { guest, bundle, payloads, endpoints }: StartedParts,
  diagnostics: readonly Diagnostic[],
): StartedEngine {
  const indexes = new Map(endpoints.map(({ definition }, index) => [definition.id, index]));
  return {
    diagnostics,
    bind: definition => {
      const index = indexes.get(definition.id);
      return index === undefined ? bindUnusable(definition) : bindGuestHandler(guest, index);
    },
    problems: () => guest.problems(),
    functions: bindGuestFunctions(guest),
    stop: async options => {
      await guest.stop(options);
      // A payload may still import a file of the bundle.
      payloads.whenNoneWaits(() => bundle.remove());
    },
  };
}

function startedWithout(diagnostics: readonly Diagnostic[]): StartedEngine {
  return {
    diagnostics,
    bind: (definition: EndpointDefinition) => bindUnusable(definition),
    problems: () => [],
    functions: [],
    stop: async () => {},
  };
}

function bindUnusable({ name }: EndpointDefinition): BoundHandler {
  return bindBrokenHandler('LoadError', `The code of "${name}" could not be loaded.`);
}
