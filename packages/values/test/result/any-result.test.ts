import { compileResult } from '@mxcp-ts/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sample, type Type } from '../support/arbitrary-type.ts';

test('any JSON is shaped or refused with problems, and never changed', () => {
  fc.assert(
    fc.property(sample, fc.json(), fc.array(fc.string()), ({ type }, json, names) => {
      const value = JSON.parse(json);
      const pointers = [...names.map(name => `/0/${name}`), '/0', '/__proto__/a'];
      const result = compileResult(type)(
        value,
        pointers.map(pointer => ({ pointer, text: '9007199254740993' })),
      );
      expect(result.ok || result.problems.length > 0).toBe(true);
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
});

test('an integer of any size arrives with all its digits, as text or as a number, or not at all', () => {
  const declared = [{ type: 'string' }, { type: 'integer' }, { type: 'number' }, undefined] satisfies (
    | Type
    | undefined
  )[];
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.constantFrom(...declared), (exact, type) => {
      const text = String(exact);
      const shape = compileResult({ type: 'object', ...(type !== undefined && { properties: { n: type } }) });
      const result = shape([{ n: text }], [{ pointer: '/0/n', text }]);
      const arrived = result.ok ? (JSON.parse(JSON.stringify(result.value)) as { n: string | number }) : undefined;
      if (arrived === undefined) expect(Number.isSafeInteger(Number(text))).toBe(false);
      else expect(BigInt(arrived.n)).toBe(exact);
    }),
  );
});
