import type { HostToGuest } from '@mxcp-ts/guest';
import { provideGuestApi } from '../runtime/guest-api.ts';
import { endWithHost } from './end-with-host.ts';
import { createGuestParts, type GuestParts } from './guest-parts.ts';
import { loadHandlers } from './load-handlers.ts';
import { type GuestWire, openGuestWire } from './open-guest-wire.ts';

type Start = Extract<HostToGuest, { type: 'start' }>;

/** Runs until the host says stop or is gone. */
export function runGuest(): void {
  let guest: RunningGuest | undefined;
  const wire = openGuestWire({
    onLine: line => {
      if (guest !== undefined && line.startsWith('{"type":"apply"')) return guest.parts.functions.receive(line);
      const message: HostToGuest = JSON.parse(line);
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
  readonly parts: GuestParts;
  receive(message: HostToGuest): void;
}

function startGuest(wire: GuestWire, start: Start): RunningGuest {
  const parts = createGuestParts(wire, start);
  const { calls, functions, questions } = parts;
  provideGuestApi(parts.api);
  const started = load(wire, start, parts);
  return {
    parts,
    receive: message => {
      switch (message.type) {
        case 'call':
          return calls.run(message);
        case 'cancel':
          calls.cancel(message.id);
          return functions.cancel(message.id);
        case 'reply':
          return questions.receive(message);
        case 'ping':
          return wire.send({ type: 'pong', id: message.id });
        case 'stop':
          return void started.then(() => stop(wire, parts, message.hold === true));
        case 'payload':
          return void runPayload(wire, parts, message.payload);
        case 'start':
        case 'apply':
      }
    },
  };
}

async function load(wire: GuestWire, start: Start, { calls, functions, hooks, plugins }: GuestParts): Promise<void> {
  const pluginFaults = await plugins.load(start.plugins);
  const loaded = await loadHandlers(start.modules, start.handlers);
  calls.provide(loaded.functions);
  const failed = await hooks.runInit();
  wire.send({
    type: 'started',
    modules: loaded.failures,
    handlers: loaded.faults,
    plugins: pluginFaults,
    functions: functions.described,
    hooks: failed,
  });
  endWithHost();
}

async function stop(wire: GuestWire, { hooks, questions }: GuestParts, isHeld: boolean): Promise<void> {
  const failed = await hooks.runShutdown();
  if (isHeld) questions.close();
  wire.send({ type: 'stopped', hooks: failed });
  if (isHeld) return;
  await wire.flush();
  process.exit(0);
}

async function runPayload(wire: GuestWire, { payloads }: GuestParts, payload: number): Promise<void> {
  const error = await payloads.run(payload);
  wire.send({ type: 'payload-done', ...(error !== undefined && { error }) });
}
