import type { AdminClient, InferredReturn } from '@mxcp-ts/admin';
import { inferReturns } from '@mxcp-ts/mxcp';
import type { LoadedProject } from '@mxcp-ts/project';
import { Document, isScalar, isSeq, visit } from 'yaml';
import { note, print } from '../../output/print.ts';

/** An endpoint without a `return` block, and the one it could have. */
export interface InferredEndpoint {
  /** Relative to the project folder. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly return: InferredReturn['returns'];
  /** Why there is none; null when there is one. */
  readonly reason: string | null;
}

/** The `return` blocks that endpoints of these files lack. A running server looks into its own database. */
export async function infer(
  { project }: LoadedProject,
  paths: ReadonlySet<string>,
  server: AdminClient | undefined,
): Promise<readonly InferredEndpoint[]> {
  if (project === undefined) return [];
  const inferred =
    server === undefined ? await inferReturns(project) : (await server.call('POST /infer', undefined)).inferred;
  return inferred.flatMap(({ endpoint, returns, reason }) => {
    const definition = project.endpoints.find(({ id }) => id === endpoint);
    if (definition === undefined || !paths.has(definition.file.path)) return [];
    const { kind, name, file } = definition;
    return [{ path: file.path, kind, name, return: returns, reason }];
  });
}

/** Prints each block as it stands in the file of its endpoint, below the comment that names the file. */
export function printInferred(inferred: readonly InferredEndpoint[]): void {
  for (const { path, kind, name, return: returns, reason } of inferred) {
    if (returns === null) note(`${path}: nothing can be inferred for the ${kind} ${name}. ${reason ?? ''}`.trimEnd());
    else print(`# ${path}: ${kind} ${name}\n${blockOf(returns)}`);
  }
  if (inferred.length === 0) note('Every tool and resource that can be read declares what it returns.');
}

/** As one writes it by hand: a type of a few words on one line. */
function blockOf(returns: NonNullable<InferredReturn['returns']>): string {
  const document = new Document({ return: returns });
  visit(document, {
    Map: (_key, map) => {
      map.flow = map.items.every(({ value }) => isScalar(value) || (isSeq(value) && value.items.every(isScalar)));
    },
  });
  return document.toString({ lineWidth: 0 }).replace(/^(?=.)/gm, '  ');
}
