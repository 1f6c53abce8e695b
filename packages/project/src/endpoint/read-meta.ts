import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import { findInfinite, type JsonObject } from '@mxcp-ts/values';
import type { Locate } from '../definition.ts';
import { asJsonObject } from '../shape/checked.narrow.ts';

/** The `_meta` that an author adds; keys that are not theirs to use are reported. */
export function readMeta(
  meta: Readonly<Record<string, unknown>> | undefined,
  locate: Locate,
  report: ReportDiagnostic,
): JsonObject | undefined {
  if (meta === undefined || Object.keys(meta).length === 0) return undefined;
  for (const key of Object.keys(meta)) {
    const problem = problemOf(key);
    if (problem !== undefined) {
      report(diagnostic('project/bad-meta-key', problem.message, locate.key('meta', key), problem.hint));
    }
  }
  const infinite = findInfinite(meta);
  if (infinite !== undefined) {
    report(diagnostic('project/bad-meta-key', 'JSON has no such number.', locate.at('meta', ...infinite)));
  }
  return asJsonObject(meta);
}

const namePattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const labelPattern = /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** MCP, "General fields": a key is a name behind an optional prefix of labels and a slash; some prefixes are its own. */
function problemOf(key: string): { readonly message: string; readonly hint: string } | undefined {
  const slash = key.indexOf('/');
  const labels = slash === -1 ? [] : key.slice(0, slash).split('.');
  const isWellFormed = labels.every(label => labelPattern.test(label)) && namePattern.test(key.slice(slash + 1));
  if (!isWellFormed || key === '') {
    const hint = 'Use letters, digits, -, _ and ., behind a domain if you have one: com.example/color.';
    return { message: `"${key}" cannot be a key of _meta.`, hint };
  }
  if (labels.length === 1 && labels[0] === 'mxcp') {
    return { message: 'Keys that start with mxcp/ are set by mxcp-ts.', hint: 'Use a domain of your own.' };
  }
  if (!isReserved(labels)) return undefined;
  return { message: `MCP keeps the prefix of "${key}" for itself.`, hint: 'Use a domain of your own.' };
}

/** `io.modelcontextprotocol/`, `dev.mcp/`; in older revisions also `mcp.dev/`, `modelcontextprotocol.io/`. */
function isReserved(labels: readonly string[]): boolean {
  return labels.slice(0, 2).some(label => label === 'mcp' || label === 'modelcontextprotocol');
}
