import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { GuestError, StartReport } from '@mxcp-ts/guest';
import type { BundledModule } from '../bundle/write-bundle.ts';
import type { CodeEndpoint } from '../code-endpoint.ts';

/** Endpoints that the guest cannot serve, by what it reported when it started. */
export function diagnoseStart(
  report: StartReport,
  endpoints: readonly CodeEndpoint[],
  modules: readonly BundledModule[],
): readonly Diagnostic[] {
  if (!report.ok) return endpoints.map(endpoint => atFile(endpoint, report.reason));
  const failures = new Map(report.modules.map(({ module, error }) => [modules[module]?.file.absolute, error] as const));
  const unloaded = endpoints.flatMap(endpoint => {
    const error = failures.get(endpoint.file.absolute);
    return error === undefined ? [] : [atFile(endpoint, describeFailure(endpoint, error), hintFor(error))];
  });
  const faults = report.handlers.flatMap(({ handler, message }) => {
    const endpoint = endpoints[handler];
    return endpoint === undefined ? [] : [diagnostic('plan/missing-export', message, placeOf(endpoint))];
  });
  return [...unloaded, ...faults];
}

/** Endpoints whose own file is fine and imports one that is not. */
export function diagnoseImporters(
  unusable: readonly CodeEndpoint[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const broken = new Set(found.map(({ span }) => span?.source.path));
  return unusable
    .filter(({ file }) => !broken.has(file.relative))
    .map(endpoint => atFile(endpoint, `${endpoint.file.relative} imports a file that has errors.`));
}

function atFile({ definition }: CodeEndpoint, message: string, hint?: string): Diagnostic {
  return diagnostic('plan/module-load', message, definition.locate.at('source', 'file'), hint);
}

function describeFailure({ file }: CodeEndpoint, { type, message }: GuestError): string {
  const text = `${file.relative} cannot be loaded: ${type}: ${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function hintFor({ missingPackage }: GuestError): string | undefined {
  return missingPackage === undefined ? undefined : `Run \`npm install ${missingPackage}\` in the project folder.`;
}

function placeOf({ definition, functionName }: CodeEndpoint) {
  return definition.locate.at('source', functionName === undefined ? 'file' : 'function');
}
