import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { installation, loadFolder } from '@mxcp-ts/mxcp';
import { findProjectRoot } from '@mxcp-ts/project';
import type { CommandContext } from '../command-context.ts';
import { note, print, printJson } from '../output/print.ts';
import { clientConfig } from './init/client-config.ts';
import { baseFiles, sampleFiles } from './init/files.ts';

export type InitArgs = readonly [folder: string];

export interface InitOptions {
  readonly project?: string;
  readonly bootstrap?: true;
  readonly yes?: true;
  readonly clientConfig?: boolean;
}

const folders = ['tools', 'resources', 'prompts', 'types', 'sql', 'python', 'typescript', 'data'];

/** Makes a project that validates as it is; never overwrites a file. */
export async function init([folder]: InitArgs, options: InitOptions, context: CommandContext): Promise<number> {
  const root = resolve(context.folder, folder);
  if (options.clientConfig === true && isProject(root)) return await addClientConfig(root, context);
  refuseExisting(root);
  const names = {
    project: options.project || basename(root) || 'project',
    profile: context.profile || process.env['MXCP_PROFILE'] || 'default',
  };
  const wantsClientConfig = options.clientConfig ?? (await askForClientConfig(options, context));
  const files = new Map([...baseFiles(names), ...(options.bootstrap === true ? sampleFiles() : [])]);
  if (wantsClientConfig) files.set('server_config.json', clientConfig(names.project, root));
  writeProject(root, files);
  report(root, [...files.keys()], context);
  if (!context.isJson) noteNextSteps(root, options);
  return 0;
}

function refuseExisting(root: string): void {
  if (existsSync(root) && !statSync(root).isDirectory())
    throw new MxcpError('usage', `${root} is a file, not a folder.`);
  const existing = findProjectRoot(root);
  if (existing === undefined) return;
  throw new MxcpError('exists', `There is a project in ${existing} already.`, {
    hint:
      existing === root
        ? 'To write its server_config.json alone, run `mxcp-ts init --client-config` there.'
        : 'Choose a folder outside of it; projects cannot be nested.',
  });
}

function isProject(root: string): boolean {
  return existsSync(root) && findProjectRoot(root) === root;
}

/** A client configuration says how to start this installation, so an old one is written anew. */
async function addClientConfig(root: string, context: CommandContext): Promise<number> {
  const { project } = await loadFolder({ ...context, folder: root });
  const name = project?.config.project ?? basename(root);
  writeFileSync(join(root, 'server_config.json'), clientConfig(name, root));
  report(root, ['server_config.json'], context);
  return 0;
}

async function askForClientConfig({ yes }: InitOptions, { isJson }: CommandContext): Promise<boolean> {
  if (yes === true || isJson || process.stdin.isTTY !== true || process.stdout.isTTY !== true) return false;
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({
    message: 'Write server_config.json for Claude Desktop and other clients?',
    initialValue: false,
  });
  if (isCancel(answer)) throw new MxcpError('usage', 'Nothing was written.');
  return answer;
}

function writeProject(root: string, files: ReadonlyMap<string, string>): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, text);
  }
  // Editors complete and explain the YAML files from these; a copy works offline and wherever mxcp-ts is installed.
  cpSync(fileURLToPath(installation.schemas), join(root, '.mxcp/schemas/v1'), { recursive: true });
}

function report(root: string, paths: readonly string[], { isJson }: CommandContext): void {
  if (isJson) printJson({ status: 'ok', result: { folder: root, files: paths } });
  else print(paths.map(path => `  ${join(placeOf(root), path)}`).join('\n'));
}

function noteNextSteps(root: string, { bootstrap }: InitOptions): void {
  const place = placeOf(root);
  note(`\nNext: ${place === '.' ? '' : `cd ${quoted(place)} && `}mxcp-ts validate`);
  note(
    bootstrap === true
      ? '      mxcp-ts run tool hello_world --param name=World\n      mxcp-ts serve'
      : '      write tools/*.yml, then mxcp-ts serve',
  );
}

function placeOf(root: string): string {
  return relative(process.cwd(), root) || '.';
}

/** As a shell takes it: a name with spaces or the like in quotes. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
