import type { Change } from '@mxcp-ts/engine';
import type { Invocation } from './invocation.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** A running project as the ways of serving see it. */
export interface ServedRuntime {
  /** The plan of this moment; a reload replaces it as a whole. */
  readonly plan: Plan;
  /** Runs one call to its end. Never throws. */
  invoke(invocation: Invocation): Promise<Outcome>;
  readiness(): Readiness;
  /** Forgets what handlers keep for a session of a client. */
  endSession(session: string): void;
  /**
   * @param listener - called after a reload has replaced the plan
   * @returns what ends it
   */
  onReload(listener: (plan: Plan, before: Plan) => void): () => void;
  /**
   * @param listener - called when user code, or what a resource declares, says that something has changed
   * @returns what ends it
   */
  onChange(listener: (change: Change) => void): () => void;
}

export interface Readiness {
  readonly ready: boolean;
  readonly generation: number;
  /** What an operator should know, one sentence each: hooks that raised, a guest that is being restarted. */
  readonly problems: readonly string[];
}
