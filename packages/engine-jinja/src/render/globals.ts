import { Environment } from '@huggingface/jinja';
import { bindArguments, type FilterDefinition } from '../language/filters/filter-definition.ts';
import { filters } from '../language/filters.ts';
import { operators } from '../language/operators.ts';
import { tests } from '../language/tests.ts';
import { itemsOf, numberOf, RenderError, textOf, type Value } from '../language/value.ts';
import {
  type CallArguments,
  type RuntimeValue,
  toPlain,
  toRuntime,
  toRuntimeFunction,
} from './runtime-value.narrow.ts';

/** A template of ten lines must not fill the memory because a caller sent a large number. */
const maxRange = 10_000;

/** What templates find without declaring it, under the names that `compile` writes. Never changed by a template. */
export function createGlobals(): Environment {
  const globals = new Environment();
  for (const [names, value] of constants) for (const name of names) globals.set(name, value);
  define(globals, 'range', plain(range));
  define(
    globals,
    'value:print',
    plain(([value]) => textOf(value)),
  );
  define(
    globals,
    'value:items',
    plain(([value]) => itemsOf(value)),
  );
  define(globals, 'value:defined', requireDefined);
  for (const [sign, operator] of Object.entries(operators)) {
    define(
      globals,
      `operator:${sign}`,
      plain(([left, right]) => operator(left, right)),
    );
  }
  for (const [name, test] of Object.entries(tests)) {
    define(
      globals,
      `test:${name}`,
      plain(([value, argument]) => test.holds(value, argument)),
    );
  }
  for (const [name, filter] of Object.entries(filters)) define(globals, `filter:${name}`, filterFunction(name, filter));
  return globals;
}

const constants: readonly (readonly [readonly string[], Value])[] = [
  [['true', 'True'], true],
  [['false', 'False'], false],
  [['none', 'None'], null],
];

function define(globals: Environment, name: string, run: (args: CallArguments) => RuntimeValue): void {
  globals.setVariable(name, toRuntimeFunction(run));
}

function plain(run: (positional: readonly Value[]) => Value): (args: CallArguments) => RuntimeValue {
  return ({ positional }) => toRuntime(run(positional.map(toPlain)));
}

function filterFunction(name: string, filter: FilterDefinition): (args: CallArguments) => RuntimeValue {
  return ({ positional, named }) => {
    const [value, ...rest] = positional.map(toPlain);
    return toRuntime(filter.apply(value, bindArguments(name, filter, rest, named)));
  };
}

function requireDefined({ positional: [object, label] }: CallArguments): RuntimeValue {
  if (object === undefined || object.type === 'UndefinedValue') {
    throw new RenderError(
      `"${label === undefined ? 'the value' : textOf(toPlain(label))}" is not defined, so it has no attributes.`,
    );
  }
  return object;
}

function range(args: readonly Value[]): number[] {
  const [first = 0, second = 0, step = 1] = args.map(value => numberOf(value, '"range"'));
  const [start, stop] = args.length < 2 ? [0, first] : [first, second];
  if (![start, stop, step].every(Number.isInteger) || step === 0)
    throw new RenderError('"range" needs whole numbers and a step.');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > maxRange) throw new RenderError(`"range" gives ${maxRange} numbers at most.`);
  return Array.from({ length: count }, (_, index) => start + index * step);
}
