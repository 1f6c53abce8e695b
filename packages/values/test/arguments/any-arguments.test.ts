import { compileArguments, inputSchemaOf, type Problem } from '@mxcp-ts/values';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointerSegments } from '../../src/json-pointer.ts';
import { sample, type Type } from '../support/arbitrary-type.ts';

const parameters = fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), sample, { maxKeys: 4, noNullPrototype: true });

function named(types: Readonly<Record<string, { readonly type: Type }>>) {
  return Object.entries(types).map(([name, { type }]) => ({ ...type, name }));
}

function values(samples: Readonly<Record<string, { readonly value: unknown }>>) {
  return Object.fromEntries(Object.entries(samples).map(([name, { value }]) => [name, value]));
}

test('arguments that fit their types arrive as they were sent', () => {
  fc.assert(
    fc.property(parameters, samples => {
      const args = values(samples);
      expect(compileArguments(named(samples))(args)).toEqual({ ok: true, value: args });
    }),
  );
});

test('arguments that fit arrive the same when every one that is not a string is sent as its JSON text', () => {
  fc.assert(
    fc.property(parameters, samples => {
      const args = values(samples);
      const texts = Object.entries(args).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      expect(compileArguments(named(samples))(Object.fromEntries(texts))).toEqual({ ok: true, value: args });
    }),
  );
});

test('any JSON is either read into values that fit the published schema, or refused at places that exist', () => {
  const text = fc.oneof(fc.json(), fc.constant('{"__proto__":{"a":1},"constructor":{"prototype":1}}'));
  fc.assert(
    fc.property(parameters, text, fc.boolean(), (samples, json, isNear) => {
      const raw: unknown = JSON.parse(json);
      const names = Object.keys(samples);
      // Strange values in known places find more than strange objects do.
      const given = isNear ? Object.fromEntries(names.map(name => [name, raw])) : raw;
      const before = JSON.stringify(given);
      const result = compileArguments(named(samples))(given);
      expect(JSON.stringify(given)).toBe(before);
      if (result.ok) expect(fitsPublishedSchema(named(samples), result.value)).toBe(true);
      else for (const problem of result.problems) expect(hasParent(given ?? {}, problem)).toBe(true);
    }),
  );
});

function fitsPublishedSchema(types: Parameters<typeof inputSchemaOf>[0], value: unknown): boolean {
  const schema = JSON.parse(JSON.stringify(inputSchemaOf(types)));
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    logger: false,
    ownProperties: true,
    multipleOfPrecision: 6,
  });
  return ajv.compile(schema)(value) === true;
}

/** A problem points at something, or at where something is missing; what was sent as JSON text counts as what it holds. */
function hasParent(given: unknown, { pointer }: Problem): boolean {
  let place: unknown = given;
  for (const segment of pointerSegments(pointer)?.slice(0, -1) ?? ['not a pointer']) {
    if (typeof place === 'string') place = JSON.parse(place);
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, segment)) return false;
    place = Object.getOwnPropertyDescriptor(place, segment)?.value;
  }
  return true;
}
