import type { CodeEndpoint } from './code-endpoint.ts';

/**
 * The export to call: `source.function`, else of a tool its name, else the file's only export.
 *
 * @param exports - the names that the file exports, without `default`
 * @returns undefined when that file has none or several
 */
export function findFunctionName(
  { definition, functionName }: CodeEndpoint,
  exports: readonly string[],
): string | undefined {
  if (functionName !== undefined) return functionName;
  if (definition.kind === 'tool') return definition.name;
  return exports.length === 1 ? exports[0] : undefined;
}
