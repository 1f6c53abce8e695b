import type { ReferenceProblem } from '@mxcp-ts/plugin-api';

/** `op://vault/item/[section/]field`; vault, item, section and field by name or id. */
export interface OpReference {
  readonly vault: string;
  readonly item: string;
  readonly section: string | undefined;
  readonly field: string;
  /** `?attribute=otp`: the code that a one-time password field shows now. */
  readonly wantsCode: boolean;
}

type Parsed =
  | { readonly ok: true; readonly reference: OpReference }
  | { readonly ok: false; readonly problem: ReferenceProblem };

const hint = 'Write op://vault/item/field or op://vault/item/section/field.';

/** Reads what stands behind `op://`. Names may hold blanks. */
export function parseReference(text: string): Parsed {
  const question = text.indexOf('?');
  const parts = (question === -1 ? text : text.slice(0, question)).split('/');
  const query = question === -1 ? undefined : text.slice(question + 1);
  const [vault, item, third, fourth] = parts;
  if (parts.length > 4 || vault === undefined || item === undefined || third === undefined)
    return refuse(
      `The reference has ${parts.length === 1 ? 'one part' : `${parts.length} parts`} instead of three or four.`,
    );
  if (parts.some(part => part.trim() === '')) return refuse('A part of the reference is empty.');
  if (query !== undefined && query !== 'attribute=otp' && query !== 'attribute=totp')
    return refuse('The only thing that may follow a `?` is `attribute=otp`.');
  const [section, field] = fourth === undefined ? [undefined, third] : [third, fourth];
  return { ok: true, reference: { vault, item, section, field, wantsCode: query !== undefined } };
}

function refuse(message: string): Parsed {
  return { ok: false, problem: { message, hint } };
}
