import { type Diagnostic, sortDiagnostics } from '@mxcp-ts/diagnostics';
import { loadConfig } from './config/load-config.ts';
import { uniqueEndpoints } from './endpoint/unique-endpoints.ts';
import { FileReader } from './files/file-reader.ts';
import { openProjectFolder } from './files/project-folder.ts';
import { loadEndpoints } from './load-endpoints.ts';
import type { LoadedProject, LoadOptions, Project } from './project.ts';

/**
 * Reads a project folder: the site file, the user config and every endpoint file, with everything that is wrong in
 * any of them. Runs nothing of the project and opens no database.
 *
 * A mistake in the site file or user config does not hide the endpoints: `project` then holds defaults in its place,
 * good for checking; whoever serves looks for errors in `configFiles` first.
 */
export async function loadProject(options: LoadOptions): Promise<LoadedProject> {
  const findings = new Map<string, Diagnostic>();
  const report = (finding: Diagnostic) => void findings.set(identityOf(finding), finding);
  const { root } = options;
  const files = new FileReader(root);
  const folder = openProjectFolder(root, path => files.noteFile(path));
  const { site, siteFile, sources, config } = await loadConfig({ options, folder, files, report });
  const loaded = await loadEndpoints(site, config?.packs ?? [], files, options, report);
  const endpoints = Object.freeze(uniqueEndpoints(loaded.endpoints, report));
  const project: Project | undefined =
    config === undefined ? undefined : Object.freeze({ root, siteFile, config, endpoints });
  return Object.freeze({
    root,
    project,
    configFiles: sources,
    diagnostics: sortDiagnostics([...findings.values()]),
    files: loaded.files,
    inputs: Object.freeze([...files.lookedFor].sort()),
  });
}

function identityOf({ code, message, span }: Diagnostic): string {
  return JSON.stringify([code, message, span?.source.path, span?.start, span?.end]);
}
