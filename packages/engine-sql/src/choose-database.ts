import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { Log } from '@mxcp-ts/engine';
import type { DatabaseConfig } from '@mxcp-ts/project';

type Place = Pick<DatabaseConfig, 'path' | 'isReadOnly'>;

/**
 * What can be opened of what the config asks for. A project in a folder that nobody may write (an image, a checkout of
 * another user) still serves: read-only where the database is there already, in memory where it would have to be made.
 */
export async function chooseDatabase(config: Place, log: Log): Promise<Place> {
  const { path, isReadOnly } = config;
  if (path === ':memory:' || isReadOnly) return { path, isReadOnly };
  const folder = dirname(path);
  if (await exists(path)) {
    // DuckDB writes a log beside the file.
    if ((await isWritable(path)) && (await isWritable(folder))) return { path, isReadOnly };
    log('warning', `The database ${path} cannot be written here, so it is opened read-only.`);
    return { path, isReadOnly: true };
  }
  if (await makeFolder(folder)) return { path, isReadOnly };
  log('warning', `The folder ${folder} cannot be written, so the database is kept in memory and lost at the end.`);
  return { path: ':memory:', isReadOnly };
}

/** Whether the folder is there, after trying to make it, and can be written. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    if (isRefusal(cause)) return false;
    throw new MxcpError('database-open', `The folder of the database cannot be made: ${folder}.`, { cause });
  }
  return isWritable(folder);
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));
}

function exists(path: string): Promise<boolean> {
  return can(path, constants.F_OK);
}

function isWritable(path: string): Promise<boolean> {
  return can(path, constants.W_OK);
}

async function can(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}
