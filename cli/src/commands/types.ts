import { resolve } from 'node:path';
import { isAboutConfiguration, loadFolder } from '@mxcp-ts/mxcp';
import { type TypesFile, writeTypes } from '@mxcp-ts/typegen';
import type { CommandContext } from '../command-context.ts';
import { note, print, printJson } from '../output/print.ts';
import { refuseProject } from '../refuse-project.ts';

export type TypesArgs = readonly [];

export interface TypesOptions {
  readonly check?: true;
  readonly out?: string;
}

/** Writes the declarations that handlers of the project are checked against; with `--check` only compares: 1 when they are out of date. */
export async function types(_args: TypesArgs, options: TypesOptions, context: CommandContext): Promise<number> {
  const loaded = await loadFolder(context);
  const { project, diagnostics } = loaded;
  // A secret that is not set here, or a port that cannot be, changes no type.
  const errors = diagnostics.filter(
    finding => finding.severity === 'error' && (project === undefined || !isAboutConfiguration(finding, loaded)),
  );
  if (project === undefined || errors.length > 0)
    return refuseProject(errors, { error: 'The project has errors, so its types cannot be written.' }, context);
  const files = writeTypes(project, {
    mode: options.check === true ? 'check' : 'write',
    folder: options.out === undefined ? undefined : resolve(context.cwd, options.out),
  });
  const isOutdated = files.some(({ state }) => state === 'outdated');
  if (context.isJson) printJson({ status: 'ok', result: { status: isOutdated ? 'outdated' : 'ok', files } });
  else report(files, isOutdated);
  return isOutdated ? 1 : 0;
}

function report(files: readonly TypesFile[], isOutdated: boolean): void {
  for (const { path, state } of files) print(`${path}: ${state === 'outdated' ? 'out of date' : state}`);
  if (files.length === 0)
    note('No endpoint has a TypeScript or Python file as its handler, so there is nothing to write.');
  if (isOutdated) note('Run `mxcp-ts types` and commit what it writes.');
}
