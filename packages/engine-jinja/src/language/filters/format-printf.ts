import { numberOf, RenderError, textOf, type Value } from '../value.ts';

const placeholder = /%([-+ 0]*)(\d*)(?:\.(\d+))?(.)/g;
/** `%99999999s` must not print gigabytes. */
const maxWidth = 1000;

/** Fills the placeholders of C's printf, in order; throws a RenderError when there are more or fewer values. */
export function formatPrintf(pattern: string, values: readonly Value[]): string {
  let used = 0;
  const filled = pattern.replace(
    placeholder,
    (whole, flags: string, width: string, precision: string | undefined, type: string) => {
      if (type === '%') return '%';
      if (used >= values.length) throw new RenderError(`"format" has no value for "${whole}".`);
      const value = values[used];
      used += 1;
      return pad(formatOne(type, value, precision, whole), flags, Number(width), type);
    },
  );
  if (used < values.length) throw new RenderError(`"format" has ${values.length} values for ${used} places.`);

  function formatOne(type: string, given: Value, precision: string | undefined, whole: string): string {
    const digits = Math.min(Number(precision ?? 6), 100);
    switch (type) {
      case 's':
        return precision === undefined ? textOf(given) : textOf(given).slice(0, digits);
      case 'd':
      case 'i':
        return String(Math.trunc(numberOf(given, `"${whole}"`)));
      case 'f':
        return numberOf(given, `"${whole}"`).toFixed(digits);
      case 'e':
        return numberOf(given, `"${whole}"`)
          .toExponential(digits)
          .replace(/e([-+])(\d)$/, 'e$10$2');
      case 'x':
        return Math.trunc(numberOf(given, `"${whole}"`)).toString(16);
      case 'o':
        return Math.trunc(numberOf(given, `"${whole}"`)).toString(8);
    }
    throw new RenderError(`"format" does not know "${whole}".`);
  }
  return filled;
}

function pad(text: string, flags: string, width: number, type: string): string {
  if (width > maxWidth) throw new RenderError(`A width is a whole number up to ${maxWidth}.`);
  const isNumber = type !== 's';
  const sign = isNumber && !text.startsWith('-') ? (/[+ ]/.exec(flags)?.[0] ?? '') : '';
  if (flags.includes('-')) return (sign + text).padEnd(width);
  if (!isNumber || !flags.includes('0')) return (sign + text).padStart(width);
  const digits = text.replace(/^-/, '');
  const lead = digits === text ? sign : '-';
  return lead + digits.padStart(width - lead.length, '0');
}
