import type { DatabaseFailure } from '@mxcp-ts/engine';

const aboutTheQuery: ReadonlySet<string> = new Set([
  'Binder',
  'Catalog',
  'Conversion',
  'Invalid Input',
  'Invalid type',
  'Mismatch Type',
  'Not implemented',
  'Out of Memory',
  'Out of Range',
  'Parser',
]);

/** What the author of a query may read about its failure: no paths, nothing about the machine. */
export function safeMessage({ type, message }: DatabaseFailure): string {
  if (!aboutTheQuery.has(type)) return 'The query could not be run.';
  return `${type} Error: ${message.replace(/(["'])(?:\/|~|[A-Za-z]:\\|[a-z0-9]+:\/\/)[^"']*\1/g, '$1<path>$1')}`;
}
