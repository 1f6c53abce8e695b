import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { TypeFinding } from './type-finding.ts';
import { type TypeName, typeNameOf } from './type-kind.ts';

const families: Readonly<Record<string, readonly TypeName[]>> = {
  format: ['string'],
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  contentMediaType: ['string'],
  contentEncoding: ['string'],
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  exclusiveMinimum: ['number', 'integer'],
  exclusiveMaximum: ['number', 'integer'],
  multipleOf: ['number', 'integer'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  items: ['array'],
  properties: ['object'],
  required: ['object'],
  additionalProperties: ['object'],
};

/** Keywords that say nothing about values of this type: a length of an integer. */
export function findMisplacedKeywords(type: TypeDefinition): TypeFinding[] {
  const name = typeNameOf(type);
  if (name === undefined) return [];
  return Object.keys(type)
    .filter(keyword => families[keyword]?.includes(name) === false && !isNumericTimestamp(keyword, type, name))
    .map(keyword => ({
      code: 'type/misplaced-keyword',
      path: [keyword],
      message: `"${keyword}" has no effect on the type ${name}; it belongs to ${families[keyword]?.join(' and ')}.`,
    }));
}

/** Seconds since 1970 may be text or a number. */
function isNumericTimestamp(keyword: string, { format }: TypeDefinition, name: TypeName): boolean {
  return keyword === 'format' && format === 'timestamp' && (name === 'number' || name === 'integer');
}
