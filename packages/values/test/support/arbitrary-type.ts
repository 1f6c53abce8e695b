import type { compileResult, JsonValue } from '@mxcp-ts/values';
import fc from 'fast-check';

export type Type = Exclude<Parameters<typeof compileResult>[0], undefined>;

/** A type, and a value that fits it exactly. */
export interface Sample {
  readonly type: Type;
  readonly value: JsonValue;
}

const awkwardNames = ['constructor', 'toString', 'a/b', '~', 'ünï', '', 'hasOwnProperty', 'length', '0'];
const propertyName = fc
  .oneof(fc.string({ maxLength: 4 }), fc.constantFrom(...awkwardNames))
  .filter(name => name !== '__proto__');

const textSample = fc.string().map(value => ({ type: { type: 'string' } as Type, value }));
const boundedTextSample = fc.string({ minLength: 2, maxLength: 5, unit: 'grapheme' }).map(value => ({
  type: { type: 'string', minLength: [...value].length, maxLength: [...value].length } as Type,
  value,
}));
const dateSample = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .chain(date =>
    fc.constantFrom(
      { type: { type: 'string', format: 'date' } as Type, value: date.toISOString().slice(0, 10) },
      { type: { type: 'string', format: 'time' } as Type, value: date.toISOString().slice(11, 19) },
      { type: { type: 'string', format: 'date-time' } as Type, value: date.toISOString() },
      {
        type: { type: 'string', format: 'date-time' } as Type,
        value: date.toISOString().slice(0, 19).replace('T', ' '),
      },
    ),
  );
const durationSample = fc.constantFrom('PT0.5S', 'P1Y2M', '-P1D', 'P3W').map(value => ({
  type: { type: 'string', format: 'duration' } as Type,
  value,
}));
const addressSample = fc.emailAddress().map(value => ({ type: { type: 'string' } as Type, value }));
const integerSample = fc.maxSafeInteger().map(value => ({
  type: { type: 'integer', minimum: value, maximum: value } as Type,
  value: value + 0,
}));
const numberSample = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map(value => ({ type: { type: 'number' } as Type, value: value + 0 }));
const centsSample = fc.integer({ min: -1e9, max: 1e9 }).map(cents => ({
  type: { type: 'number', multipleOf: 0.01 } as Type,
  value: Number(`${cents}e-2`) + 0,
}));
const booleanSample = fc.boolean().map(value => ({ type: { type: 'boolean' } as Type, value }));
const enumSample = fc
  .uniqueArray(fc.string(), { minLength: 1, maxLength: 4 })
  .chain(members =>
    fc.constantFrom(...members).map(value => ({ type: { type: 'string', enum: members } as Type, value })),
  );

/** Types as authors write them, up to three levels deep, each with a value that fits. */
export const sample: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample; scalar: Sample; list: Sample; record: Sample }>(
  tie => ({
    sample: fc.oneof({ depthSize: 'small', maxDepth: 3 }, tie('scalar'), tie('list'), tie('record')),
    scalar: fc.oneof(
      textSample,
      boundedTextSample,
      dateSample,
      durationSample,
      addressSample,
      integerSample,
      numberSample,
      centsSample,
      booleanSample,
      enumSample,
    ),
    list: fc.tuple(tie('sample'), fc.integer({ min: 0, max: 3 })).map(([item, count]) => ({
      type: { type: 'array', items: item.type, maxItems: 3 } as Type,
      value: Array.from({ length: count }, () => item.value),
    })),
    record: fc
      .tuple(
        fc.dictionary(propertyName, tie('sample'), { maxKeys: 4, noNullPrototype: true }),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([parts, isClosed, isRequired]) => ({
        type: {
          type: 'object',
          properties: mapValues(parts, ({ type }) => type),
          ...(isRequired && { required: Object.keys(parts) }),
          additionalProperties: !isClosed,
        } as Type,
        value: mapValues(parts, ({ value }) => value),
      })),
  }),
).sample;

function mapValues<A, B>(object: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
