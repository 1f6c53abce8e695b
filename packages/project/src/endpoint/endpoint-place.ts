import type { Locate } from '../definition.ts';
import type { Place } from '../yaml/yaml-file.ts';
import type { EndpointContext } from './endpoint-context.ts';

/** An endpoint that is being read. */
export interface EndpointPlace {
  /** The value of `tool`, `resource` or `prompt`. */
  readonly place: Place;
  readonly locate: Locate;
  readonly context: EndpointContext;
}
