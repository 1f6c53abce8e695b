import { didYouMean } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { TypeFinding } from './type-finding.ts';

type Bound =
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems';

/** Lower and upper bounds that must leave something between them; `mayMeet` when both may be the same number. */
const pairs: readonly { readonly lower: Bound; readonly upper: Bound; readonly mayMeet: boolean }[] = [
  { lower: 'minimum', upper: 'maximum', mayMeet: true },
  { lower: 'minimum', upper: 'exclusiveMaximum', mayMeet: false },
  { lower: 'exclusiveMinimum', upper: 'maximum', mayMeet: false },
  { lower: 'exclusiveMinimum', upper: 'exclusiveMaximum', mayMeet: false },
  { lower: 'minLength', upper: 'maxLength', mayMeet: true },
  { lower: 'minItems', upper: 'maxItems', mayMeet: true },
];

/** Constraints that no value can fulfil together. */
export function findContradictions(type: TypeDefinition): TypeFinding[] {
  return [...findEmptyRanges(type), ...findImpossibleProperties(type)];
}

function findEmptyRanges(type: TypeDefinition): TypeFinding[] {
  return pairs.flatMap(({ lower, upper, mayMeet }) => {
    const low = type[lower];
    const high = type[upper];
    if (low === undefined || high === undefined || low < high || (mayMeet && low === high)) return [];
    const message = `No value fits: ${lower} is ${low} and ${upper} is ${high}.`;
    return [{ code: 'type/contradiction', path: [lower], message }];
  });
}

function findImpossibleProperties(type: TypeDefinition): TypeFinding[] {
  const { properties = {}, required = [], additionalProperties } = type;
  if (additionalProperties !== false) return [];
  return required.flatMap((name, index) => {
    if (Object.hasOwn(properties, name)) return [];
    const guess = didYouMean(name, Object.keys(properties));
    const message = `The property "${name}" is required, but not declared, and others are not allowed.`;
    return [
      {
        code: 'type/contradiction',
        path: ['required', index],
        message: guess === undefined ? message : `${message} ${guess}`,
      },
    ];
  });
}
