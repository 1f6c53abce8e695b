import type { Resource } from '@mxcp-ts/schemas';
import type { CacheDefinition, ResourceAnnotations, ResourceDefinition } from '../definition.ts';
import { buildBase } from './build-base.ts';
import { refuseHeaders } from './check-headers.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { readChanges } from './read-changes.ts';
import { type CompletedDefinition, readCompletions } from './read-completions.ts';
import { readSource, textAt } from './read-source.ts';
import { readTimeoutMs } from './read-timeout.ts';
import { readUri } from './read-uri.ts';

export function buildResource(
  resource: Resource,
  at: EndpointPlace,
): CompletedDefinition<ResourceDefinition> | undefined {
  const base = buildBase(resource, { kind: 'resource', name: resource.uri }, at);
  const source = readSource(resource.source, resource.language, { ...at.context, locate: at.locate, place: at.place });
  const changes = readChanges(resource.changes, at);
  if (base === undefined) return undefined;
  refuseHeaders(base.parameters, at);
  const { completions, definitions } = readCompletions(resource.parameters, base, at);
  const uri = readUri(textAt(['uri'], resource.uri, at.place), base.parameters, at.locate, at.context.report);
  if (source === undefined || uri === undefined) return undefined;
  const definition: ResourceDefinition = Object.freeze({
    ...base,
    kind: 'resource',
    title: resource.title,
    label: resource.name,
    mimeType: resource.mime_type,
    annotations: annotationsOf(resource),
    cache: cacheOf(resource),
    changes,
    completions,
    template: uri.template,
    source: Object.freeze(source),
    maxRows: resource.max_rows,
  });
  return { definition, completions: definitions };
}

function annotationsOf({ annotations }: Resource): ResourceAnnotations | undefined {
  if (annotations === undefined) return undefined;
  const { audience, priority, last_modified: lastModified } = annotations;
  return Object.freeze({
    ...(audience !== undefined && { audience: Object.freeze(audience) }),
    ...(priority !== undefined && { priority }),
    ...(lastModified !== undefined && { lastModified }),
  });
}

function cacheOf({ cache }: Resource): CacheDefinition | undefined {
  if (cache === undefined) return undefined;
  const { ttl, scope = 'private' } = typeof cache === 'object' ? cache : { ttl: cache };
  return Object.freeze({ ttlMs: readTimeoutMs(ttl, 0), scope });
}
