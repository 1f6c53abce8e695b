import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { EngineHost, StartedEngine } from '@mxcp-ts/engine';
import { type Guest, startGuest } from '@mxcp-ts/guest';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { type WrittenBundle, writeBundle } from '../bundle/write-bundle.ts';
import { findBuildProblems } from '../check/find-build-problems.ts';
import { SourceFiles } from '../check/source-files.ts';
import { type CodeEndpoint, filesOf } from '../code-endpoint.ts';
import { bindHandler, bindUnusable } from './bind-handler.ts';
import { diagnoseStart } from './diagnose-start.ts';
import { executeFor } from './execute-for.ts';
import { startMessageOf } from './start-message.ts';

interface StartOptions {
  readonly guestFile: URL;
  readonly runtimeFile: URL;
}

/** Bundles the handlers and starts their guest. Files that do not build cost their own endpoints only. */
export async function startEngine(
  endpoints: readonly CodeEndpoint[],
  host: EngineHost,
  options: StartOptions,
): Promise<StartedEngine> {
  if (endpoints.length === 0) return startedWithout([]);
  const { usable, diagnostics } = await findUsable(endpoints, host, options);
  if (usable.length === 0) return startedWithout(diagnostics);
  const bundle = await writeBundle(filesOf(usable), host.project.root, options.runtimeFile);
  const guest = await startGuestFor(usable, bundle, host, options);
  return startedWith(guest, bundle, usable, [
    ...diagnostics,
    ...diagnoseStart(guest.firstStart, usable, bundle.modules),
  ]);
}

/** `check` has found broken files before; this is for those who serve in spite of errors, and for files changed since. */
async function findUsable(endpoints: readonly CodeEndpoint[], { project }: EngineHost, { runtimeFile }: StartOptions) {
  const { diagnostics, exports } = await findBuildProblems(
    filesOf(endpoints),
    new SourceFiles(project.root),
    runtimeFile,
  );
  const usable = diagnostics.length === 0 ? endpoints : endpoints.filter(({ file }) => exports.has(file.absolute));
  return { usable, diagnostics };
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
    execute: executeFor(database),
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
      return index === undefined ? bindUnusable(definition) : bindHandler(guest, index);
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
