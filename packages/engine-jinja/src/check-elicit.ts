import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { checkTemplate } from './check-template.ts';

/** Everything that is wrong with the message of an endpoint's `elicit` block, at its place in the file. */
export function checkElicit({ elicit, parameters, kind }: EndpointDefinition): readonly Diagnostic[] {
  if (elicit === undefined) return [];
  return checkTemplate(elicit.message, { variables: parameters.map(({ name }) => name), owner: kind });
}
