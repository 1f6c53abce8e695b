import type { ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { ReferenceProblem } from '@mxcp-ts/plugin-api';
import type { Locate } from '../definition.ts';
import type { LoadOptions } from '../project.ts';
import type { SecretReference } from './collect-references.ts';
import type { SecretPlugin } from './secret-plugins.ts';

export interface SourceSettings {
  /** A source's block of the user config; empty when it is not written. */
  of(block: SecretPlugin['block']): Readonly<Record<string, unknown>>;
  /** Whether the block holds a reference that cannot be resolved, which is then reported elsewhere. */
  isBroken(block: SecretPlugin['block']): boolean;
  /** Undefined when there is no user config. */
  readonly locate: Locate | undefined;
}

export interface SecretsReading {
  readonly settings: SourceSettings;
  readonly options: LoadOptions;
  readonly report: ReportDiagnostic;
}

/** References that one plug-in reads. */
export interface SourceReading extends SecretsReading {
  readonly plugin: SecretPlugin;
  readonly references: readonly SecretReference[];
  /** For getting ready, and for each secret. */
  readonly timeoutMs: number;
}

/** What is said of a plug-in that did not come to an end of its own. */
export function describeBreak(
  kind: 'late' | 'threw',
  { plugin: { name }, timeoutMs }: SourceReading,
): ReferenceProblem {
  if (kind === 'threw') return { message: `The plug-in ${name} broke off with an error of its own.` };
  const message = `The plug-in ${name} had no answer after ${timeoutMs / 1000} seconds.`;
  return { message, hint: 'Check that the server can be reached, or set a longer `timeout`.' };
}

/** What a plug-in gets to see of a reference. */
export function bodyOf({ scheme, text }: SecretReference): string {
  return text.slice(`${scheme}://`.length);
}
