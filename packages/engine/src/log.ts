export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

export interface LogFields {
  /** The endpoint whose code wrote this. */
  readonly endpoint?: string;
  /** The call during which it was written. */
  readonly call?: string;
  /** The name of the user's logger, if it has one. */
  readonly logger?: string;
}

/** Where messages for the operator go. Never to stdout. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;
