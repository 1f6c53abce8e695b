import type { HostToGuest } from '@mxcp-ts/guest';
import type { GuestApi } from '../runtime/guest-api.ts';
import type { LogLevel } from '../runtime/log.ts';
import { CallRunner } from './call-runner.ts';
import { captureOutput } from './capture-output.ts';
import { ClientMessages } from './client-messages.ts';
import { ClientQuestions } from './client-questions.ts';
import { DatabaseClient } from './database-client.ts';
import { describeThrown } from './describe-thrown.ts';
import { HookList } from './hook-list.ts';
import { HostQuestions } from './host-questions.ts';
import { LoadedPlugins } from './loaded-plugins.ts';
import type { GuestWire } from './open-guest-wire.ts';
import { ReloadPayloads } from './reload-payloads.ts';
import { SessionClient } from './session-client.ts';
import { SqlFunctions } from './sql-functions.ts';
import { Suspension } from './suspension.ts';

/** What a guest consists of. */
export interface GuestParts {
  readonly calls: CallRunner;
  readonly questions: HostQuestions;
  readonly functions: SqlFunctions;
  readonly plugins: LoadedPlugins;
  readonly payloads: ReloadPayloads;
  readonly hooks: HookList;
  /** What `mxcp-ts/runtime` reaches. */
  readonly api: GuestApi;
}

/** Makes the parts of a guest. From here on what the author's code prints goes to the host. */
export function createGuestParts(wire: GuestWire, start: Extract<HostToGuest, { type: 'start' }>): GuestParts {
  const calls = new CallRunner(wire, start.handlers);
  const { scope } = calls;
  const questions = new HostQuestions(wire, scope);
  const log = writeLog(wire, calls, {});
  const functions = new SqlFunctions(wire, scope, log);
  const plugins = new LoadedPlugins(functions);
  const payloads = new ReloadPayloads(questions, start.canReload);
  const hooks = new HookList();
  const client = new ClientQuestions(wire, questions, calls);
  const messages = new ClientMessages(wire, scope);
  // The host shows what is marked as printed whatever its log level is: its author asked for it.
  captureOutput(writeLog(wire, calls, { logger: 'print' }), calls);
  reportStrayErrors(log);
  const api: GuestApi = {
    config: start.config,
    database: new DatabaseClient(questions),
    session: new SessionClient(questions, scope),
    plugins,
    addHook: (kind, hook) => hooks.add(kind, hook),
    log,
    progress: (progress, total, message) => messages.progress(progress, total, message),
    notify: (level, data, logger) => messages.notify(level, data, logger),
    ask: (what, key, request) => client.ask(what, key, request),
    announce: change => client.announce(change),
    reload: (description, payload) => payloads.request(description, payload),
    currentCall: () => scope.call?.context(),
  };
  return { calls, questions, functions, plugins, payloads, hooks, api };
}

type WriteLog = (level: LogLevel, text: string, call?: number) => void;

function writeLog(wire: GuestWire, { scope }: CallRunner, fixed: { readonly logger?: string }): WriteLog {
  return (level, text, call = scope.call?.id) =>
    wire.send({ type: 'log', level, text, ...fixed, ...(call !== undefined && { call }) });
}

/** An error in work that nobody awaits ends nothing: the calls of others go on, and the operator reads about it. */
function reportStrayErrors(log: WriteLog): void {
  const report = (what: string) => (error: unknown) => {
    // Of several questions asked together, the handler has seen the first one only.
    if (error instanceof Suspension) return;
    const { type, message, stack } = describeThrown(error);
    log('error', `${what} in the background: ${stack ?? `${type}: ${message}`}`);
  };
  process.on('uncaughtException', report('An error was thrown'));
  process.on('unhandledRejection', report('A promise was rejected'));
}
