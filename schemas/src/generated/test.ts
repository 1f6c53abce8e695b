// Generated from schemas/v1/test.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * A call with an expected result, run by `mxcp-ts test`.
 */
export interface TestDefinition {
  /**
   * What the test shows.
   */
  name: string;
  /**
   * More about it, for people.
   */
  description?: string;
  /**
   * The arguments of the call; `[]` for none.
   *
   * Items: One argument.
   */
  arguments: {
    /**
     * The name of a parameter.
     */
    key: string;
    /**
     * Its value.
     */
    value: unknown;
  }[];
  /**
   * The user the call is made as.
   */
  user_context?: {
    [k: string]: unknown;
  };
  /**
   * The whole expected result.
   */
  result?: unknown;
  /**
   * Fields and values that the result, or one of its items, must have.
   */
  result_contains?: unknown;
  /**
   * Fields that the result must not have.
   */
  result_not_contains?: string[];
  /**
   * An item that the resulting list must hold; for objects the given fields are compared.
   */
  result_contains_item?: unknown;
  /**
   * Items that the resulting list must hold, in any order.
   */
  result_contains_all?: unknown[];
  /**
   * How many items the resulting list must have.
   */
  result_length?: number;
  /**
   * Text that must occur in the result.
   */
  result_contains_text?: string;
}
