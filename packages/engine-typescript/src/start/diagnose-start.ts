import { type Diagnostic, diagnostic, type SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { GuestError, StartReport } from '@mxcp-ts/guest';
import type { SourcePath } from '@mxcp-ts/project';
import { type SourceFiles, startOfLine } from '../check/source-files.ts';
import type { CodeEndpoint } from '../code-endpoint.ts';
import type { CodePlugin } from '../code-plugin.ts';
import type { ProjectCode } from './bundle-usable.ts';
import type { BundledCode } from './start-message.ts';

/** What the guest reported about modules, functions and plug-ins when it started. */
export async function diagnoseStart(
  report: StartReport,
  { endpoints, plugins, modules }: BundledCode,
  sources: SourceFiles,
): Promise<readonly Diagnostic[]> {
  if (!report.ok) {
    const aboutPlugins = plugins.map(plugin => atPlugin(plugin, report.reason, sources));
    return [...endpoints.map(endpoint => atFile(endpoint, report.reason)), ...(await Promise.all(aboutPlugins))];
  }
  const failures = report.modules.map(async ({ module, error }) => {
    const users = endpoints.filter(({ file }) => file.absolute === modules[module]?.file.absolute);
    return diagnoseModule(users, error, sources);
  });
  const faults = report.handlers.flatMap(({ handler, message }) => {
    const endpoint = endpoints[handler];
    return endpoint === undefined ? [] : [diagnostic('plan/missing-export', message, placeOf(endpoint))];
  });
  const pluginFaults = report.plugins.map(async ({ plugin, error }) => {
    const found = plugins[plugin];
    return found === undefined ? [] : [await diagnosePlugin(found, error, sources)];
  });
  return [...(await Promise.all(failures)).flat(), ...faults, ...(await Promise.all(pluginFaults)).flat()];
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

async function diagnosePlugin(plugin: CodePlugin, error: GuestError, sources: SourceFiles): Promise<Diagnostic> {
  // What loading found wrong is a sentence already; what the file threw needs its name.
  if (error.type === 'PluginError') return atPlugin(plugin, error.message, sources);
  const source = await sources.read(plugin.file.absolute);
  const place = source && findPlace(error.stack, plugin.file, source);
  const message = describeFailure(plugin.file, error);
  if (place === undefined) return atPlugin(plugin, message, sources, hintFor(error));
  return diagnostic('plan/plugin-load', message, place, hintFor(error));
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

/** Endpoints and plug-ins whose own file is fine and imports one that is not. */
export async function diagnoseImporters(
  { endpoints, plugins }: ProjectCode,
  found: readonly Diagnostic[],
  sources: SourceFiles,
): Promise<readonly Diagnostic[]> {
  const broken = new Set(found.map(({ span }) => span?.source.path));
  const isImporter = ({ file }: CodeEndpoint | CodePlugin) => !broken.has(file.relative);
  const messageFor = (file: SourcePath) => `${file.relative} imports a file that has errors.`;
  return [
    ...endpoints.filter(isImporter).map(endpoint => atFile(endpoint, messageFor(endpoint.file))),
    ...(await Promise.all(
      plugins.filter(isImporter).map(plugin => atPlugin(plugin, messageFor(plugin.file), sources)),
    )),
  ];
}

function atFile({ definition }: CodeEndpoint, message: string, hint?: string): Diagnostic {
  return diagnostic('plan/module-load', message, definition.locate.at('source', 'file'), hint);
}

async function atPlugin(
  { definition, file }: CodePlugin,
  message: string,
  sources: SourceFiles,
  hint?: string,
): Promise<Diagnostic> {
  const source = await sources.read(file.absolute);
  const span = source === undefined ? definition.span : { source, start: 0, end: source.lineText(1).length };
  return diagnostic('plan/plugin-load', message, span, hint);
}

function describeFailure(file: SourcePath, { type, message }: GuestError): string {
  // Checking finds these too, but for some forms in which files pass names on.
  const name = /runtime\.m?js' does not provide an export named '(.+)'$/.exec(message)?.[1];
  if (name !== undefined) return `${file.relative} cannot be loaded: mxcp-ts/runtime has no "${name}".`;
  const text = `${file.relative} cannot be loaded: ${type}: ${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function hintFor({ missingPackage }: GuestError): string | undefined {
  return missingPackage === undefined ? undefined : `Run \`npm install ${missingPackage}\` in the project folder.`;
}

function placeOf({ definition, functionName }: CodeEndpoint) {
  return definition.locate.at('source', functionName === undefined ? 'file' : 'function');
}
