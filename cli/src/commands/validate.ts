import { relative, resolve, sep } from 'node:path';
import type { AdminClient } from '@mxcp-ts/admin';
import { type Diagnostic, didYouMean, hasErrors, MxcpError, toJsonDiagnostic } from '@mxcp-ts/diagnostics';
import { builtInEngines, findEverything, loadFolder, packFiles } from '@mxcp-ts/mxcp';
import type { LoadedProject } from '@mxcp-ts/project';
import { concerns } from '@mxcp-ts/runtime';
import type { CommandContext } from '../command-context.ts';
import { findServer } from '../find-server.ts';
import { count, note, noteIfSlow, printJson } from '../output/print.ts';
import { type DiagnosticFormat, printFormatted, summarize } from '../output/print-diagnostics.ts';
import { restoreDiagnostics } from '../restore-diagnostics.ts';
import { infer, printInferred } from './validate/infer.ts';

export type ValidateArgs = readonly [targets: readonly string[]];

export interface ValidateOptions {
  readonly strict?: true;
  readonly infer?: true;
  readonly format: DiagnosticFormat;
  readonly readonly?: boolean;
}

interface CheckedFile {
  /** Relative to the project folder. */
  readonly path: string;
  readonly name: string;
}

/** Checks the project, or the named part of it, and prints every finding. */
export async function validate(
  [targets]: ValidateArgs,
  options: ValidateOptions,
  context: CommandContext,
): Promise<number> {
  if (options.infer === true && ['github', 'sarif'].includes(options.format))
    throw new MxcpError('usage', `--infer cannot be used with --format ${options.format}.`);
  const loaded = await loadFolder({ ...context, isReadOnly: options.readonly });
  const files = chooseFiles(loaded, targets);
  const done = noteIfSlow(`Checking ${count(loaded.files.length, 'endpoint file')} ...`);
  const server = loaded.project === undefined ? undefined : await findServer(loaded.project);
  const all =
    server === undefined ? await findEverything(loaded, builtInEngines()) : await findThroughServer(server, loaded);
  const inferred =
    options.infer === true ? await infer(loaded, new Set(files.map(({ path }) => path)), server) : undefined;
  done();
  const findings = targets.length === 0 ? all : all.filter(finding => belongsTo(finding, files, loaded));
  const isFailed = hasErrors(findings) || (options.strict === true && findings.length > 0);
  if (context.isJson) printJson({ status: 'ok', result: { ...toJson(files, findings, isFailed), inferred } });
  else {
    printFormatted(findings, options.format, { root: loaded.root, cwd: context.cwd });
    if (inferred !== undefined) printInferred(inferred);
    summarizeFiles(files, findings);
  }
  return isFailed ? 1 : 0;
}

/** The running server checks, because nobody else can look into its database. */
async function findThroughServer(server: AdminClient, { root }: LoadedProject): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await server.call('POST /validate', undefined);
  return restoreDiagnostics(root, diagnostics);
}

function chooseFiles(loaded: LoadedProject, targets: readonly string[]): readonly CheckedFile[] {
  const files = [...loaded.files, ...packFiles(loaded.project)].map(({ file, name }) => ({ path: file.path, name }));
  if (targets.length === 0) return files;
  const chosen = targets.flatMap(target => {
    const path = relative(loaded.root, resolve(target)).split(sep).join('/');
    if (path === '') return files;
    const found = files.filter(
      file => file.name === target || file.path === path || file.path === target || file.path.startsWith(`${path}/`),
    );
    // Findings in the configuration concern every target, so there is nothing to choose.
    if (found.length > 0 || loaded.configFiles.some(file => file.path === path)) return found;
    throw new MxcpError('not-found', `There is no endpoint and no endpoint file "${target}".`, withHint(target, files));
  });
  return [...new Set(chosen)];
}

function withHint(target: string, files: readonly CheckedFile[]): { hint?: string } {
  const hint = didYouMean(
    target,
    files.flatMap(({ name, path }) => [name, path]),
  );
  return hint === undefined ? {} : { hint };
}

/** A finding of a chosen file, of the code it names, or of the configuration that all files share. */
function belongsTo(
  finding: Diagnostic,
  files: readonly CheckedFile[],
  { configFiles, project }: LoadedProject,
): boolean {
  const path = finding.span?.source.path;
  if (path === undefined || configFiles.some(file => file.path === path)) return true;
  const chosen = new Set(files.map(file => file.path));
  if (chosen.has(path)) return true;
  return (project?.endpoints ?? []).some(
    definition => chosen.has(definition.file.path) && concerns(finding, definition),
  );
}

function toJson(files: readonly CheckedFile[], findings: readonly Diagnostic[], isFailed: boolean) {
  const messages = new Map<string, string>();
  for (const { severity, span, message } of findings) {
    if (severity === 'error' && span !== undefined && !messages.has(span.source.path))
      messages.set(span.source.path, message);
  }
  return {
    status: isFailed ? 'error' : 'ok',
    validated: files.map(({ path }) => {
      const message = messages.get(path);
      return message === undefined ? { status: 'ok', path } : { status: 'error', path, message };
    }),
    diagnostics: findings.map(toJsonDiagnostic),
  };
}

function summarizeFiles(files: readonly CheckedFile[], findings: readonly Diagnostic[]): void {
  const advice =
    files.length === 0 && findings.length === 0 ? ' Put YAML files into tools/, resources/ or prompts/.' : '';
  note(`${count(files.length, 'endpoint file')} checked: ${summarize(findings)}.${advice}`);
}
