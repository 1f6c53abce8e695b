import { Environment, Interpreter } from '@huggingface/jinja';
import type { JsonValue } from '@mxcp-ts/values';
import { RenderError, type Value } from '../language/value.ts';
import type { Node } from '../template/ast.narrow.ts';

/** A value inside the interpreter; the library exports neither the classes nor their types. */
export type RuntimeValue = ReturnType<Environment['set']>;

export interface CallArguments {
  readonly positional: readonly RuntimeValue[];
  readonly named: Readonly<Record<string, Value>>;
}

export function runTree(tree: Node, environment: Environment): string {
  const result = new Interpreter(environment).run(tree as unknown as Parameters<Interpreter['run']>[0]);
  return String(result.value);
}

export function toPlain(runtime: RuntimeValue): Value {
  const value: unknown = runtime.value;
  switch (runtime.type) {
    // The library makes both of them around JavaScript's undefined.
    case 'NullValue':
      return null;
    case 'UndefinedValue':
      return undefined;
    case 'FunctionValue':
      throw new RenderError('A function or macro is not a value; call it.');
    case 'ArrayValue':
    case 'TupleValue':
      return (value as RuntimeValue[]).map(item => toPlain(item) ?? null);
    case 'ObjectValue':
    case 'NamespaceValue':
    case 'KeywordArgumentsValue':
      return Object.fromEntries(plainEntries(value as Map<string, RuntimeValue>)) as JsonValue;
    default:
      return value as Value;
  }
}

export function toRuntime(value: Value): RuntimeValue {
  return new Environment().set('value', value);
}

/** A function that templates can call, given the interpreter's own values. */
export function toRuntimeFunction(run: (args: CallArguments) => RuntimeValue): RuntimeValue {
  // A function set the ordinary way is handed bare values, which no longer tell a list from a mapping.
  const wrapped = new Environment().set('function', () => null) as { value: unknown } & RuntimeValue;
  wrapped.value = (args: readonly RuntimeValue[]) => run(splitArguments(args));
  return wrapped;
}

function splitArguments(args: readonly RuntimeValue[]): CallArguments {
  const last = args.at(-1);
  if (last?.type !== 'KeywordArgumentsValue') return { positional: args, named: {} };
  const named = Object.fromEntries(plainEntries(last.value as Map<string, RuntimeValue>));
  return { positional: args.slice(0, -1), named };
}

function plainEntries(map: ReadonlyMap<string, RuntimeValue>): [string, Value][] {
  return [...map].map(([key, item]) => [key, toPlain(item)]);
}
