import type { BoundEndpoint, Plan } from '@mxcp-ts/runtime';

/** What clients are offered, as one text: two plans that give the same text look the same from outside. */
export function describePlan({ endpoints }: Plan): string {
  return JSON.stringify([...endpoints.values()].map(describe).sort());
}

function describe({ definition, inputSchema, outputSchema }: BoundEndpoint): string {
  const { id, description } = definition;
  const annotations = definition.kind === 'tool' ? definition.annotations : undefined;
  return JSON.stringify([id, description, annotations, inputSchema, outputSchema]);
}
