import type { ErrorObject } from 'ajv';
import type { Path } from './read-value.ts';

/** What a bound asks for: `must be at least 1`. */
export function boundWords({ keyword, params, data }: ErrorObject): string {
  const limit = String(params['limit'] ?? '');
  switch (keyword) {
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `must be greater than ${limit}`;
    case 'minLength':
      return data === '' ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'minItems':
      return asList(data).length === 0 ? 'must not be empty' : `must have at least ${limit} items`;
    default:
      return 'does not fit the format';
  }
}

export const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** The types that were allowed: `a list or a text`. */
export function typeWords({ params }: ErrorObject): string {
  const types = asList(params['type']).flatMap(type => String(type).split(','));
  return types.map(type => typeNames[type] ?? type).join(' or ');
}

export function typeHint({ params, data }: ErrorObject): string | undefined {
  const wantsText = asList(params['type']).includes('string');
  return wantsText && (typeof data === 'number' || typeof data === 'boolean') ? 'Put quotes around it.' : undefined;
}

/** What a value is, for people: `a list`, `a fraction`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction';
  return { string: 'a text', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'a mapping';
}

/** What a value is called: its key, in quotes. */
export function labelOf(path: Path, where?: 'inside'): string {
  const key = path.findLast(segment => typeof segment === 'string');
  const inList = typeof path.at(-1) === 'number';
  if (key === undefined) return where === undefined ? 'The file' : 'the file';
  if (inList) return `${where === undefined ? 'An' : 'an'} item of "${key}"`;
  return `"${key}"`;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
