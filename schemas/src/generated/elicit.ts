// Generated from schemas/v1/elicit.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ParameterDefinition } from './parameter.ts';

/**
 * What is asked of the caller's user before the handler runs.
 */
export interface ElicitBlock {
  /**
   * Names the question on the wire.
   */
  key?: string;
  /**
   * What the user reads: a Jinja template in which the arguments are variables.
   */
  message: string;
  /**
   * What the user fills in, written like parameters: texts, numbers, booleans, enums and lists of those. The handler gets the answers as arguments.
   *
   * @minItems 1
   */
  fields: ParameterDefinition[];
}
