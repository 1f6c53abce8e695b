import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where the admin socket of a project lives: one path for each project folder and profile, in a folder of the user's own.
 * `MXCP_ADMIN_SOCKET` overrides it.
 *
 * @param root - absolute, with symbolic links resolved, so that every way to the folder gives the same path
 */
export function adminSocketPath(
  root: string,
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const chosen = env['MXCP_ADMIN_SOCKET'];
  if (chosen !== undefined && chosen !== '') return resolve(root, chosen);
  const id = createHash('sha256').update(`${root}\0${profile}`).digest('hex').slice(0, 16);
  // A socket path holds about 100 bytes, which rules out the project folder itself.
  return join(env['XDG_RUNTIME_DIR'] ?? tmpdir(), `mxcp-ts-${userInfo().uid}`, `${id}.sock`);
}
