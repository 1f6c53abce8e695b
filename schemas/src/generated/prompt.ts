// Generated from schemas/v1/prompt.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ParameterDefinition } from './parameter.ts';
import type { PolicySet } from './policies.ts';
import type { TestDefinition } from './test.ts';
import type { TypeDefinition } from './type.ts';

/**
 * A file that defines one MCP prompt.
 */
export interface PromptFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * The prompt.
   */
  prompt: Prompt;
  /**
   * Notes for people and other programs; not used by mxcp-ts.
   */
  metadata?: {
    [k: string]: unknown;
  };
}

/**
 * The prompt.
 */
export interface Prompt {
  /**
   * The unique name of the prompt: letters, digits, `_`, `-` (some clients refuse a dot), at most 64.
   */
  name: string;
  /**
   * What the prompt is for. Models decide by this whether to use it.
   */
  description?: string;
  /**
   * Free labels, for grouping and filtering.
   */
  tags?: string[];
  /**
   * The arguments, in the order they are shown.
   */
  parameters?: ParameterDefinition[];
  /**
   * The type of the result. Results are shaped and checked by it, and clients get it as a schema.
   */
  return?: TypeDefinition;
  /**
   * Another spelling of `return`.
   */
  return_?: TypeDefinition;
  /**
   * Set to false to leave the prompt out.
   */
  enabled?: boolean;
  /**
   * How long a call may take: `30s`, `500ms`, `2m`, or a number of seconds. The call is stopped at this point.
   */
  timeout?: number | string;
  /**
   * Rules on who may call and what they get to see.
   */
  policies?: PolicySet;
  /**
   * Calls with expected results, run by `mxcp-ts test`.
   */
  tests?: TestDefinition[];
  /**
   * The messages of the prompt, in order.
   *
   * @minItems 1
   *
   * Items: One message.
   */
  messages: {
    /**
     * The text: a Jinja template in which the parameters are variables.
     */
    prompt: string;
    /**
     * Who says it. MCP has no `system`; such a message is sent as `user`.
     */
    role?: 'user' | 'assistant' | 'system';
    /**
     * Ignored; accepted for compatibility.
     */
    type?: string;
  }[];
}
