import { join } from 'node:path';
import { type AdminHandlers, type AdminStatus, openAdminSocket } from '@mxcp-ts/admin';
import { onTestFinished, vi } from 'vitest';
import { makeFolder } from '../../../tests/support/make-project.ts';

export const runningStatus: AdminStatus = {
  status: 'ok',
  version: '0.1.0',
  uptime: '0h12m5s',
  uptime_seconds: 725,
  pid: 4711,
  project: 'test',
  profile: 'default',
  mode: 'readonly',
  debug: false,
  generation: 3,
  ready: true,
  problems: [],
  active_calls: 2,
  reload: {
    in_progress: false,
    draining: false,
    active_requests: 2,
    last_reload: null,
    last_reload_status: null,
    last_reload_error: null,
  },
  admin_socket: { path: '/run/test.sock' },
};

/** What a running server would answer, over a real socket: for the command's end of the wire. It lasts as long as the test. */
export async function respond(handlers: Partial<AdminHandlers>, status: Partial<AdminStatus> = {}): Promise<void> {
  const path = join(makeFolder(), 'admin.sock');
  const all = { 'GET /status': async () => ({ ...runningStatus, ...status }), ...handlers };
  const server = await openAdminSocket(path, all as AdminHandlers, () => {});
  vi.stubEnv('MXCP_ADMIN_SOCKET', path);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
}
