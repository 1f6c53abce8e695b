import { MxcpError } from '@mxcp-ts/diagnostics';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something else has that name',
};

/** What the operating system refused, told as something a person can mend; undefined for any other error. */
export function systemErrorOf(error: unknown): MxcpError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const { code, path } = error;
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason === undefined || typeof path !== 'string') return undefined;
  return new MxcpError('unreadable', `${path} cannot be used: ${reason}.`, { cause: error });
}
