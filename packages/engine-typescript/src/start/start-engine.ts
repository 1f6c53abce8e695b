import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { BoundHandler, EngineHost, StartedEngine } from '@mxcp-ts/engine';
import { bindBrokenHandler, bindGuestHandler, executeInDatabase, type Guest, startGuest } from '@mxcp-ts/guest';
import type { EndpointDefinition } from '@mxcp-ts/project';
import type { Bundler, Esbuild } from '../bundle/bundler.ts';
import { type WrittenBundle, writeBundle } from '../bundle/write-bundle.ts';
import { findBuildProblems, isBuildFailure } from '../check/find-build-problems.ts';
import { SourceFiles } from '../check/source-files.ts';
import { type CodeEndpoint, filesOf, realPath } from '../code-endpoint.ts';
import { diagnoseImporters, diagnoseStart } from './diagnose-start.ts';
import { startMessageOf } from './start-message.ts';

interface StartOptions {
  readonly guestFile: URL;
  readonly runtimeFile: URL;
  readonly bundler: Bundler;
}

/** Bundles the handlers and starts their guest. Files that do not build cost their own endpoints only. */
export async function startEngine(
  endpoints: readonly CodeEndpoint[],
  host: EngineHost,
  options: StartOptions,
): Promise<StartedEngine> {
  if (endpoints.length === 0) return startedWithout([]);
  const { usable, bundle, diagnostics } = await options.bundler.use(0, esbuild =>
    bundleUsable(endpoints, host, options.runtimeFile, esbuild),
  );
  if (bundle === undefined) return startedWithout(diagnostics);
  const guest = await startGuestFor(usable, bundle, host, options);
  const sources = new SourceFiles(realPath(host.project.root));
  const aboutStart = await diagnoseStart(guest.firstStart, usable, bundle.modules, sources);
  return startedWith(guest, bundle, usable, [...diagnostics, ...aboutStart]);
}

/** `check` has found broken files before; this is for those who serve in spite of errors, and for files changed since. */
async function bundleUsable(
  endpoints: readonly CodeEndpoint[],
  { project }: EngineHost,
  runtimeFile: URL,
  esbuild: Esbuild,
): Promise<BundleAttempt> {
  const sources = new SourceFiles(realPath(project.root));
  const whole = await tryBundle(endpoints, sources.root, runtimeFile, esbuild);
  if (whole !== undefined) return { usable: endpoints, bundle: whole, diagnostics: [] };
  const found = await findBuildProblems(filesOf(endpoints), sources, runtimeFile, esbuild);
  const isUsable = ({ file }: CodeEndpoint) => found.diagnostics.length === 0 || found.exports.has(file.absolute);
  const usable = endpoints.filter(isUsable);
  const unusable = endpoints.filter(endpoint => !isUsable(endpoint));
  const diagnostics = [...found.diagnostics, ...diagnoseImporters(unusable, found.diagnostics)];
  if (usable.length === 0) return { usable, bundle: undefined, diagnostics };
  return { usable, bundle: await writeBundle(filesOf(usable), sources.root, runtimeFile, esbuild), diagnostics };
}

async function tryBundle(
  endpoints: readonly CodeEndpoint[],
  root: string,
  runtimeFile: URL,
  esbuild: Esbuild,
): Promise<WrittenBundle | undefined> {
  try {
    return await writeBundle(filesOf(endpoints), root, runtimeFile, esbuild);
  } catch (error) {
    if (isBuildFailure(error)) return undefined;
    throw error;
  }
}

interface BundleAttempt {
  readonly usable: readonly CodeEndpoint[];
  readonly bundle: WrittenBundle | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function startGuestFor(
  endpoints: readonly CodeEndpoint[],
  bundle: WrittenBundle,
  { project, database, log }: EngineHost,
  { guestFile }: StartOptions,
): Promise<Guest> {
  return startGuest({
    name: 'TypeScript',
    command: process.execPath,
    args: ['--enable-source-maps', fileURLToPath(guestFile)],
    env: process.env,
    cwd: project.root,
    start: startMessageOf(project, endpoints, bundle.modules),
    execute: executeInDatabase(database, 'json'),
    log,
  });
}

function startedWith(
  guest: Guest,
  bundle: WrittenBundle,
  endpoints: readonly CodeEndpoint[],
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
    stop: async options => {
      await guest.stop(options);
      bundle.remove();
    },
  };
}

function startedWithout(diagnostics: readonly Diagnostic[]): StartedEngine {
  return {
    diagnostics,
    bind: (definition: EndpointDefinition) => bindUnusable(definition),
    problems: () => [],
    stop: async () => {},
  };
}

function bindUnusable({ name }: EndpointDefinition): BoundHandler {
  return bindBrokenHandler('LoadError', `The code of "${name}" could not be loaded.`);
}
