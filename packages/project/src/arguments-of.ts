import type { EndpointDefinition, ParameterDefinition } from './definition.ts';

/** What the handler of an endpoint gets: its parameters, then what is asked of the user. */
export function argumentsOf({ parameters, elicit }: EndpointDefinition): readonly ParameterDefinition[] {
  return elicit === undefined ? parameters : [...parameters, ...elicit.fields];
}
