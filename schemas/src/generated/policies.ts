// Generated from schemas/v1/policies.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * Rules on who may call and what they get to see.
 */
export interface PolicySet {
  /**
   * Rules that are judged before the handler runs, on the arguments and the caller.
   */
  input?: PolicyRule[];
  /**
   * Rules that are judged on the result, before it is sent.
   */
  output?: PolicyRule[];
}

/**
 * One rule.
 */
export interface PolicyRule {
  /**
   * A CEL expression; the action is taken when it is true.
   */
  condition: string;
  /**
   * What to do when the condition holds.
   */
  action: 'deny' | 'filter_fields' | 'mask_fields' | 'filter_sensitive_fields';
  /**
   * What a caller who is denied gets to read.
   */
  reason?: string;
  /**
   * The fields to remove or mask.
   */
  fields?: string[];
}
