export type { JsonObject, JsonSchema, JsonValue, Problem } from './json.ts';

// Contract for the packages above; the implementation replaces this file.
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonSchema, JsonValue, Problem } from './json.ts';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };
/** Coerces, applies defaults, checks. Never changes what it is given. */
export type ArgumentReader = (raw: unknown) => Read<JsonObject>;
/** Shapes (array, object, scalar) and checks a handler's value against the declared type. */
export type ResultShaper = (
  value: JsonValue,
  exactNumbers?: readonly { readonly pointer: string; readonly text: string }[],
) => Read<JsonValue>;

export declare function inputSchemaOf(parameters: readonly (TypeDefinition & { readonly name: string })[]): JsonSchema;
export declare function outputSchemaOf(returns: TypeDefinition): JsonSchema;
export declare function compileArguments(
  parameters: readonly (TypeDefinition & { readonly name: string })[],
): ArgumentReader;
export declare function compileResult(returns: TypeDefinition | undefined): ResultShaper;
/** What is wrong with a type as it is written; `path` leads into the type. */
export declare function checkType(
  type: TypeDefinition,
): readonly {
  readonly code:
    | 'type/bad-default'
    | 'type/bad-example'
    | 'type/bad-enum'
    | 'type/contradiction'
    | 'type/bad-pattern'
    | 'type/misplaced-keyword';
  readonly path: readonly (string | number)[];
  readonly message: string;
}[];
