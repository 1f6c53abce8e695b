import type { Log } from '@mxcp-ts/engine';
import { createLog } from '@mxcp-ts/mxcp';
import type { Project } from '@mxcp-ts/project';
import type { CommandContext } from './command-context.ts';
import { note } from './output/print.ts';

/**
 * The log of a command, as the user config wants it; always to stderr.
 *
 * @param latest - the project as it was read last, whose secrets are masked too
 */
export function openLog(
  project: Project,
  { isDebug }: CommandContext,
  latest: () => Project | undefined = () => project,
): Log {
  const { logging } = project.config;
  const secrets = () => (latest() ?? project).config.secrets;
  const wantsDebug = isDebug || ['1', 'true', 'yes'].includes((process.env['MXCP_DEBUG'] ?? '').toLowerCase());
  return createLog({ config: logging, isDebug: wantsDebug, secrets, writeLine: note });
}
