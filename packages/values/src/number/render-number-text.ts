import { isSameDecimal, parseDecimal } from './decimal.ts';

export type DeclaredNumber = 'string' | 'integer' | 'number';

export type RenderedNumber = { readonly ok: true; readonly value: number | string } | { readonly ok: false };

/**
 * How a number of which the exact decimal text is known goes into JSON: as that text where a string is declared, else
 * as a number that keeps every digit. Undeclared, the text stands in where a number would not be exact.
 *
 * @param text - plain or exponent notation: `12345678901234567890`, `-0.50`, `1e3`
 * @returns not ok when a number is declared and would lose digits; integers are exact up to 2^53 - 1 only
 */
export function renderNumberText(text: string, declared: DeclaredNumber | undefined): RenderedNumber {
  if (declared === 'string') return { ok: true, value: text };
  const value = exactNumber(text);
  const isTooLargeInteger = Number.isInteger(value) && !Number.isSafeInteger(value);
  if (value !== undefined && (declared === 'number' || !isTooLargeInteger)) return { ok: true, value };
  return declared === undefined ? { ok: true, value: text } : { ok: false };
}

/** The number that prints as this text, or as another spelling of the same decimal. */
function exactNumber(text: string): number | undefined {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return undefined;
  const value = Number(text);
  const printed = parseDecimal(String(value));
  // Adding zero makes -0 plain: JSON has no use for its sign.
  return printed !== undefined && isSameDecimal(decimal, printed) ? value + 0 : undefined;
}
