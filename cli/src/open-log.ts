import type { Log } from '@mxcp-ts/engine';
import { createLog } from '@mxcp-ts/mxcp';
import type { Project } from '@mxcp-ts/project';
import type { CommandContext } from './command-context.ts';
import { note } from './output/print.ts';

/** The log of a command, as the user config wants it; always to stderr. */
export function openLog(project: Project, { isDebug }: CommandContext): Log {
  const { logging, secrets } = project.config;
  const wantsDebug = isDebug || ['1', 'true', 'yes'].includes((process.env['MXCP_DEBUG'] ?? '').toLowerCase());
  return createLog({ config: logging, isDebug: wantsDebug, secrets, writeLine: note });
}
