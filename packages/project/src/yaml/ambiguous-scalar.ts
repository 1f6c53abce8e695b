import type { Shape } from '../shape/shape.ts';

export interface Ambiguity {
  readonly message: string;
  readonly hint: string;
}

/**
 * Says how YAML 1.1, which the original and many tools read, takes an unquoted scalar differently from YAML 1.2.
 *
 * @returns undefined where both mean the same, or where the format leaves no doubt: `enabled: yes` is a boolean
 */
export function findAmbiguity(source: string, shape: Pick<Shape, 'types'>): Ambiguity | undefined {
  const isFree = shape.types.length === 0;
  const isNumber = shape.types[0] === 'integer' || shape.types[0] === 'number';
  if (isFree && /^(?:yes|no|on|off|y|n)$/i.test(source)) return textOr(source, 'a boolean');
  if (isFree && /^\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?$/.test(source)) return textOr(source, 'a date');
  if (isFree && /^[-+]?[1-9]\d*(?::[0-5]?\d)+(?:\.\d*)?$/.test(source)) return textOr(source, 'a number to base 60');
  if (isFree && /^[-+]?\d+(?:_\d+)+$/.test(source)) return textOr(source, 'a number');
  if ((isFree || isNumber) && /^[-+]?0[0-7]+$/.test(source)) {
    return {
      message: `Unquoted ${source} is the number ${Number(source)} here, but ${Number.parseInt(source, 8)} to readers of YAML 1.1.`,
      hint: 'Leave the zeros away, or put quotes around a text.',
    };
  }
  return undefined;
}

function textOr(source: string, other: string): Ambiguity {
  return {
    message: `Unquoted ${source} is a text here, but ${other} to readers of YAML 1.1.`,
    hint: `Write "${source}" with quotes to be sure of the text.`,
  };
}
