import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { GuestError } from '@mxcp-ts/guest';
import type { PluginDefinition } from '@mxcp-ts/project';
import { installHint } from '../check/check-outline.ts';
import type { Interpreter } from '../interpreter/find-interpreter.ts';
import { spanOfPlugin } from '../python-plugins.ts';
import { type ReadyReport, sentence } from './load-diagnostics.ts';

/** What is wrong with plug-ins that the guest could not load, or of whose functions it could not take some. */
export function pluginDiagnostics(
  report: ReadyReport,
  plugins: readonly PluginDefinition[],
  interpreter: Interpreter,
): readonly Diagnostic[] {
  return report.plugins.flatMap(({ plugin: index, error }) => {
    const plugin = plugins[index];
    return plugin === undefined ? [] : [diagnosticOf(plugin, error, interpreter)];
  });
}

/** Whether the stack of the error tells no more than its finding. */
export function isSaidByFinding(error: GuestError): boolean {
  return isOwnFinding(error) || error.missingPackage !== undefined;
}

/** Whether the guest's own checks found it, in one sentence or two. */
function isOwnFinding({ type }: GuestError): boolean {
  return type === 'PluginFault' || type === 'FunctionFault';
}

function describePluginError(error: GuestError): string {
  const { type, message } = error;
  return sentence(isOwnFinding(error) ? message : `Loading the plug-in raised ${type}: ${message}`);
}

function diagnosticOf(plugin: PluginDefinition, error: GuestError, interpreter: Interpreter): Diagnostic {
  const { missingPackage, stack } = error;
  const hint = missingPackage === undefined ? undefined : installHint(missingPackage, interpreter);
  const span = spanOfPlugin(plugin, lineIn(stack, plugin));
  return diagnostic('plan/plugin-load', describePluginError(error), span, hint);
}

/** The innermost line of the plug-in's own file in a Python traceback; 1 when it has none. */
function lineIn(stack: string | undefined, { file }: PluginDefinition): number {
  const head = `File "${file?.absolute}", line `;
  const frame = stack
    ?.split('\n')
    .map(text => text.trim())
    .findLast(text => text.startsWith(head));
  return frame === undefined ? 1 : Number.parseInt(frame.slice(head.length), 10);
}
