import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import { languageOf } from './build-plan.ts';

/**
 * Lets every engine check its endpoints. Executes nothing of the project.
 *
 * @param database - the database of a running server, open or about to be, whose tables are then the ones checked
 *   against; without it the SQL engine looks at the file on disk, read-only
 */
export async function checkEndpoints(
  endpoints: readonly EndpointDefinition[],
  project: Project,
  engines: readonly HandlerEngine[],
  database?: Promise<Database>,
): Promise<Diagnostic[]> {
  const found = await Promise.all(
    engines.map(engine => engine.check(endpointsOf(engine, endpoints), project, database)),
  );
  return found.flat();
}

export function endpointsOf(
  engine: HandlerEngine,
  endpoints: readonly EndpointDefinition[],
): readonly EndpointDefinition[] {
  return endpoints.filter(
    definition =>
      languageOf(definition) === engine.language || (engine.language === 'jinja' && definition.elicit !== undefined),
  );
}

/** Whether a finding lies in the endpoint's own file or in the one that holds its code. */
export function concerns(finding: Diagnostic, definition: EndpointDefinition): boolean {
  const path = finding.span?.source.path;
  return path !== undefined && filesOf(definition).includes(path);
}

function filesOf(definition: EndpointDefinition): readonly string[] {
  const own = definition.file.path;
  const { source } = definition;
  if (source === undefined) return [own];
  if (source.language === 'sql') return [own, source.sql.spanOf(0, 0).source.path];
  return 'file' in source ? [own, source.file.relative] : [own];
}
