import { Environment } from '@huggingface/jinja';
import type { JsonObject } from '@mxcp-ts/values';
import type { Node } from '../template/ast.narrow.ts';
import { runTree, toRuntime } from './runtime-value.narrow.ts';

/**
 * The text of a compiled template.
 *
 * @param globals - of `createGlobals`; templates write into a scope of their own
 * @throws any error the template runs into
 */
export function render(tree: Node, args: JsonObject, globals: Environment): string {
  const scope = new Environment(globals);
  for (const [name, value] of Object.entries(args)) scope.setVariable(name, toRuntime(value));
  return runTree(tree, scope);
}
