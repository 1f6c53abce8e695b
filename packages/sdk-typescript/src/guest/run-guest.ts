import type { GuestError, HostToGuest } from '@mxcp-ts/guest';
import { provideSession } from '../runtime/session.ts';
import { CallRunner } from './call-runner.ts';
import { captureOutput } from './capture-output.ts';
import { DatabaseRequests } from './database-requests.ts';
import { describeThrown } from './describe-thrown.ts';
import { endWithHost } from './end-with-host.ts';
import { HookList } from './hook-list.ts';
import { loadHandlers } from './load-handlers.ts';
import { type GuestWire, openGuestWire } from './open-guest-wire.ts';

/** Runs until the host says stop or is gone. */
export function runGuest(): void {
  let guest: RunningGuest | undefined;
  const wire = openGuestWire({
    onMessage: message => {
      if (message.type === 'start') guest = startGuest(wire, message);
      else guest?.receive(message);
    },
    onEnd: () => process.exit(0),
  });
  // A terminal's or a supervisor's signal is for the host, which drains and then says stop.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
}

interface RunningGuest {
  receive(message: Exclude<HostToGuest, { type: 'start' }>): void;
}

function startGuest(wire: GuestWire, start: Extract<HostToGuest, { type: 'start' }>): RunningGuest {
  const calls = new CallRunner(wire, start.handlers);
  const database = new DatabaseRequests(wire, calls);
  const hooks = new HookList();
  const log = (level: 'debug' | 'info' | 'warning' | 'error', text: string, call = calls.currentId()) =>
    wire.send({ type: 'log', level, text, ...(call !== undefined && { call }) });
  provideSession({
    config: start.config,
    execute: (sql, params) => database.execute(sql, params),
    addHook: (kind, hook) => hooks.add(kind, hook),
    log,
    currentCall: () => calls.current(),
  });
  // The host shows what is marked as printed whatever its log level is: its author asked for it.
  const print: typeof log = (level, text, call = calls.currentId()) =>
    wire.send({ type: 'log', level, text, logger: 'print', ...(call !== undefined && { call }) });
  captureOutput(print, calls);
  reportStrayErrors(log);
  const started = load(wire, start, calls, hooks);
  return {
    receive: message => {
      switch (message.type) {
        case 'call':
          calls.run(message);
          break;
        case 'cancel':
          calls.cancel(message.id);
          break;
        case 'reply':
          database.receive(message);
          break;
        case 'ping':
          wire.send({ type: 'pong', id: message.id });
          break;
        case 'stop':
          void started.then(() => stop(wire, hooks));
      }
    },
  };
}

async function load(
  wire: GuestWire,
  { modules, handlers }: Extract<HostToGuest, { type: 'start' }>,
  calls: CallRunner,
  hooks: HookList,
): Promise<void> {
  const loaded = await loadHandlers(modules, handlers);
  calls.provide(loaded.functions);
  const failed = await hooks.runInit();
  wire.send({ type: 'started', modules: loaded.failures, handlers: loaded.faults, hooks: failed });
  endWithHost();
}

async function stop(wire: GuestWire, hooks: HookList): Promise<void> {
  const failed: readonly GuestError[] = await hooks.runShutdown();
  wire.send({ type: 'stopped', hooks: failed });
  await wire.flush();
  process.exit(0);
}

/** An error in work that nobody awaits ends nothing: the calls of others go on, and the operator reads about it. */
function reportStrayErrors(log: (level: 'error', text: string) => void): void {
  const report = (what: string) => (error: unknown) => {
    const { type, message, stack } = describeThrown(error);
    log('error', `${what} in the background: ${stack ?? `${type}: ${message}`}`);
  };
  process.on('uncaughtException', report('An error was thrown'));
  process.on('unhandledRejection', report('A promise was rejected'));
}
