import { type Diagnostic, diagnostic, type SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { GuestError, StartReport } from '@mxcp-ts/guest';
import type { SourcePath } from '@mxcp-ts/project';
import type { BundledModule } from '../bundle/write-bundle.ts';
import { type SourceFiles, startOfLine } from '../check/source-files.ts';
import type { CodeEndpoint } from '../code-endpoint.ts';

/** What the guest reported about modules and functions when it started. */
export async function diagnoseStart(
  report: StartReport,
  endpoints: readonly CodeEndpoint[],
  modules: readonly BundledModule[],
  sources: SourceFiles,
): Promise<readonly Diagnostic[]> {
  if (!report.ok) return endpoints.map(endpoint => atFile(endpoint, report.reason));
  const failures = report.modules.map(async ({ module, error }) => {
    const users = endpoints.filter(({ file }) => file.absolute === modules[module]?.file.absolute);
    return diagnoseModule(users, error, sources);
  });
  const faults = report.handlers.flatMap(({ handler, message }) => {
    const endpoint = endpoints[handler];
    return endpoint === undefined ? [] : [diagnostic('plan/missing-export', message, placeOf(endpoint))];
  });
  return [...(await Promise.all(failures)).flat(), ...faults];
}

/** One finding at the line that threw, if that is in the file itself; else one for each endpoint. */
async function diagnoseModule(
  users: readonly CodeEndpoint[],
  error: GuestError,
  sources: SourceFiles,
): Promise<readonly Diagnostic[]> {
  const file = users[0]?.file;
  const source = file === undefined ? undefined : await sources.read(file.absolute);
  if (file === undefined || source === undefined) return [];
  const message = describeFailure(file, error);
  const span = findPlace(error.stack, file, source);
  if (span === undefined) return users.map(user => atFile(user, message, hintFor(error)));
  return [diagnostic('plan/module-load', message, span, hintFor(error))];
}

/** The rest of the line where the first frame of the stack is. */
function findPlace(stack: string | undefined, file: SourcePath, source: SourceFile): Span | undefined {
  const frame = stack?.split('\n').find(line => /^\s+at /.test(line));
  if (frame?.includes(file.absolute) !== true) return undefined;
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (line === undefined || column === undefined) return undefined;
  const start = startOfLine(source, Number(line));
  const end = start + source.lineText(Number(line)).length;
  return { source, start: Math.min(start + Number(column) - 1, end), end };
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

function describeFailure(file: SourcePath, { type, message }: GuestError): string {
  const text = `${file.relative} cannot be loaded: ${type}: ${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function hintFor({ missingPackage }: GuestError): string | undefined {
  return missingPackage === undefined ? undefined : `Run \`npm install ${missingPackage}\` in the project folder.`;
}

function placeOf({ definition, functionName }: CodeEndpoint) {
  return definition.locate.at('source', functionName === undefined ? 'file' : 'function');
}
