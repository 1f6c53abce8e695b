import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';

/**
 * The folder that `-C` names, or the current one; absolute.
 *
 * @throws MxcpError `usage` when it does not exist
 */
export function projectFolder(chosen: string | undefined): string {
  if (chosen === undefined) return process.cwd();
  if (!existsSync(chosen)) throw new MxcpError('usage', `The folder ${chosen} does not exist.`);
  return resolve(chosen);
}
