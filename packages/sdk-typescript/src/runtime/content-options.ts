import type { ContentAnnotations } from './content-block.ts';

type Role = 'user' | 'assistant';

export interface ContentOptions {
  /** Who the block is for; left out, both. */
  readonly audience?: Role | readonly Role[];
  /** From 0, optional, to 1, required. */
  readonly priority?: number;
  /** ISO 8601 when it is text. */
  readonly lastModified?: Date | string;
  /** Goes to the client as `_meta` of the block. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** The members of a block that its options make. */
export function optionFields(
  what: string,
  { audience, priority, lastModified, meta }: ContentOptions,
): { readonly annotations?: ContentAnnotations; readonly _meta?: Readonly<Record<string, unknown>> } {
  const annotations: ContentAnnotations = {
    ...(audience !== undefined && { audience: checkAudience(what, audience) }),
    ...(priority !== undefined && { priority: checkPriority(what, priority) }),
    ...(lastModified !== undefined && { lastModified: momentOf(what, lastModified) }),
  };
  return {
    ...(Object.keys(annotations).length > 0 && { annotations: Object.freeze(annotations) }),
    ...(meta !== undefined && { _meta: checkMeta(what, meta) }),
  };
}

/** @throws TypeError when it is not an object */
export function checkMeta(what: string, meta: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof meta === 'object' && meta !== null && !Array.isArray(meta)) return meta;
  throw new TypeError(`\`meta\` of ${what} must be an object.`);
}

function checkAudience(what: string, audience: NonNullable<ContentOptions['audience']>) {
  const roles: unknown = typeof audience === 'string' ? [audience] : audience;
  if (Array.isArray(roles) && roles.every((each): each is Role => each === 'user' || each === 'assistant'))
    return Object.freeze([...roles]);
  throw new TypeError(`\`audience\` of ${what} must be 'user', 'assistant' or an array of both.`);
}

function checkPriority(what: string, priority: number): number {
  if (typeof priority === 'number' && priority >= 0 && priority <= 1) return priority;
  throw new TypeError(`\`priority\` of ${what} must be a number from 0 to 1.`);
}

function momentOf(what: string, moment: Date | string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) throw new TypeError(`\`lastModified\` of ${what} must be a Date or ISO 8601 text.`);
  return typeof moment === 'string' ? moment : date.toISOString();
}
