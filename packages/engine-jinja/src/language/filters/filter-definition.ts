import { RenderError, type Value } from '../value.ts';

export interface FilterDefinition {
  /** The arguments in order, by which they can also be named; `*` takes any number of unnamed ones. */
  readonly parameters: readonly string[];
  readonly summary: string;
  readonly apply: (value: Value, args: FilterArguments) => Value;
}

export interface FilterArguments {
  /** Undefined when the template does not give it. */
  get(parameter: string): Value;
  /** What `*` took. */
  readonly rest: readonly Value[];
}

/** Arguments of a template against the parameters of a filter; throws a RenderError for one too many or unknown. */
export function bindArguments(
  filter: string,
  { parameters }: FilterDefinition,
  positional: readonly Value[],
  named: Readonly<Record<string, Value>>,
): FilterArguments {
  const isVariadic = parameters.includes('*');
  const fixed = parameters.filter(parameter => parameter !== '*');
  if (!isVariadic && positional.length > fixed.length) {
    throw new RenderError(`"${filter}" takes ${fixed.length} arguments at most.`);
  }
  for (const name of Object.keys(named)) {
    if (!fixed.includes(name)) throw new RenderError(`"${filter}" has no argument "${name}".`);
  }
  return {
    get: parameter => (Object.hasOwn(named, parameter) ? named[parameter] : positionalOf(parameter)),
    rest: isVariadic ? positional : [],
  };

  function positionalOf(parameter: string): Value {
    return isVariadic ? undefined : positional[fixed.indexOf(parameter)];
  }
}
