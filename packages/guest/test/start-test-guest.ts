import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Guest, type GuestOptions, type GuestOutcome, startGuest } from '../src/index.ts';

const script = fileURLToPath(new URL('fixtures/guest.mjs', import.meta.url));

export interface TestGuest {
  readonly guest: Guest;
  readonly logged: string[];
  call(args: object, signal?: AbortSignal): Promise<GuestOutcome>;
}

/** Starts the fixture; it is stopped when the test ends. */
export async function startTestGuest(
  options: Partial<GuestOptions> = {},
  user: Readonly<Record<string, unknown>> = {},
): Promise<TestGuest> {
  const logged: string[] = [];
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
      config: { project: 'p', profile: 'dev', secrets: {}, site: {}, user },
    },
    execute: async () => ({ ok: true, columns: [], rowsJson: '[]' }),
    log: (level, message, fields) => logged.push([level, message, ...Object.values(fields ?? {})].join(' ')),
    ...options,
  });
  onTestFinished(() => guest.stop({ deadlineMs: 1_000 }));
  return {
    guest,
    logged,
    call: (args, signal = new AbortController().signal) =>
      guest.call(0, JSON.parse(JSON.stringify(args)), { callId: 'c1', signal }),
  };
}
