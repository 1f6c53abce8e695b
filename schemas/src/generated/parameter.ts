// Generated from schemas/v1/parameter.schema.json by scripts/generate-types.mjs. Do not edit.
import type { TypeDefinition } from './type.ts';

/**
 * An argument that callers give: a type with a name. It may be left out when it has a `default`.
 */
export interface ParameterDefinition extends TypeDefinition {
  /**
   * What callers and handlers call it. Starts with a letter or `_`, goes on with letters, digits and `_`.
   */
  name: string;
}
