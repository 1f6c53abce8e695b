export { type Guest, startGuest } from './guest.ts';
export { guestConfigOf } from './guest-config.ts';
export { bindBrokenHandler, bindGuestFunctions, bindGuestHandler } from './guest-handler.ts';
export type {
  GuestCallOptions,
  GuestLog,
  GuestOptions,
  GuestOutcome,
  GuestServices,
} from './guest-options.ts';
export type { StartReport } from './guest-process.ts';
export { type LineSplitter, type LineSplitterOptions, splitLines } from './line-splitter.ts';
export type {
  GuestCallContext,
  GuestConfig,
  GuestError,
  GuestFunction,
  GuestHandler,
  GuestModule,
  GuestPlugin,
  GuestQuestion,
  GuestToHost,
  HandlerFault,
  HostToGuest,
  ModuleFailure,
  PluginFault,
} from './protocol.ts';
