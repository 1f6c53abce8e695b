import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallContext, Change, ClientChannel, Database, HandlerCall, ReloadRequest } from '@mxcp-ts/engine';
import { onTestFinished } from 'vitest';
// The real store: the session questions are about both ends.
import { createSessionStore } from '../../runtime/src/session-store.ts';
import { type Guest, type GuestOptions, type GuestOutcome, type GuestServices, startGuest } from '../src/index.ts';

import { askNobody, nobody, silent } from './fixtures/nobody.ts';

const script = fileURLToPath(new URL('fixtures/guest.mjs', import.meta.url));

export interface TestGuest {
  readonly guest: Guest;
  readonly logged: string[];
  /** What user code asked to be reloaded. */
  readonly reloads: ReloadRequest[];
  readonly announced: Change[];
  call(args: object, signal?: AbortSignal, more?: Partial<CallOptions>): Promise<GuestOutcome>;
}

interface CallOptions {
  readonly context: CallContext;
  readonly client: ClientChannel;
  readonly ask: HandlerCall['ask'];
}

export interface TestOptions extends Partial<Omit<GuestOptions, 'services'>> {
  readonly database?: Partial<Database>;
  readonly services?: Partial<GuestServices>;
}

/** Starts the fixture; it is stopped when the test ends. */
export async function startTestGuest(
  { database = {}, services = {}, ...options }: TestOptions = {},
  user: Readonly<Record<string, unknown>> = {},
): Promise<TestGuest> {
  const logged: string[] = [];
  const reloads: ReloadRequest[] = [];
  const announced: Change[] = [];
  const guest = await startGuest({
    name: 'Test',
    command: process.execPath,
    args: [script],
    env: process.env,
    cwd: process.cwd(),
    start: {
      root: process.cwd(),
      modules: [],
      handlers: [{ module: 0, endpoint: 'obey', parameters: [] }],
      plugins: [],
      config: { project: 'p', profile: 'dev', secrets: {}, site: {}, user },
      canReload: true,
    },
    services: {
      database: { ...noDatabase, ...database },
      sessions: createSessionStore(),
      announce: change => void announced.push(change),
      requestReload: request => void reloads.push(request),
      rows: 'json',
      ...services,
    },
    log: (level, message, fields) => logged.push([level, message, ...Object.values(fields ?? {})].join(' ')),
    ...options,
  });
  onTestFinished(() => guest.stop({ deadlineMs: 1_000 }));
  return {
    guest,
    logged,
    reloads,
    announced,
    call: (args, signal = new AbortController().signal, more = {}) =>
      guest.call(0, JSON.parse(JSON.stringify(args)), {
        callId: 'c1',
        signal,
        context: nobody,
        client: silent,
        ask: askNobody,
        ...more,
      }),
  };
}

/** A file that the fixture may write to or read from; it does not exist yet. */
export function recordFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mxcp-guest-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'record');
}

const unused = () => {
  throw new Error('This test needs no database.');
};
const noDatabase: Database = {
  prepare: unused,
  execute: unused,
  begin: unused,
  end: unused,
  onWrite: unused,
  openStream: unused,
  fetch: unused,
  closeStream: unused,
  append: unused,
  defineFunctions: unused,
  check: unused,
  inferReturns: unused,
  close: unused,
};
