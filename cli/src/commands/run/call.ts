import type { Caller } from '@mxcp-ts/admin';
import type { ClientInfo } from '@mxcp-ts/engine';
import { readVersion } from '@mxcp-ts/mxcp/installation';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject } from '@mxcp-ts/values';

/** A call as the command line asks for it; it is made again for every round of answers. */
export interface Call {
  readonly endpoint: string;
  readonly args: JsonObject;
  readonly caller: Caller;
  readonly isResultUnchecked: boolean;
  readonly signal: AbortSignal;
}

/** How a call ended, and which of the reloads that it asked for failed. */
export interface EndedCall {
  readonly outcome: Outcome;
  readonly failedReloads: readonly string[];
}

/** Makes a call with what has been answered so far. */
export type MakeCall = (answers: JsonObject) => Promise<Outcome>;

/** Whoever runs the command can be asked everything, now or with `--answer` the next time. */
export function commandLineClient(): ClientInfo {
  const abilities: ClientInfo['abilities'] = ['elicit', 'elicit-url', 'sample', 'sample-tools', 'roots'];
  return { name: 'mxcp-ts run', version: readVersion(), abilities };
}
