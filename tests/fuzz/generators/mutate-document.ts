import fc from 'fast-check';
import { hostileNames, hostileValue } from './hostile-values.ts';
import { isMapping, type Json, RawJson, writeJson } from './json-text.ts';

/** One change to a document, at a place that is counted through it; what does not fit that place does nothing. */
export interface Mutation {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'rename' | 'insert' | 'repeat' | 'wrap';
  readonly value: Json;
  readonly name: string;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 60 }),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'insert', 'repeat', 'wrap'),
  value: hostileValue,
  name: fc.constantFrom(...hostileNames),
});

/** The document after the changes, each made to what the one before left. */
export function mutateDocument(document: Json, mutations: readonly Mutation[]): Json {
  return mutations.reduce(
    (current, change) => mutateAt(current, change, { left: change.at % countPlaces(current) }),
    document,
  );
}

/** A place is a value: the document itself, or one inside of it. */
function countPlaces(value: Json): number {
  const inside = Array.isArray(value) ? value : isMapping(value) ? Object.values(value) : [];
  return inside.reduce((sum: number, each) => sum + countPlaces(each), 1);
}

function mutateAt(value: Json, change: Mutation, counter: { left: number }): Json {
  if (counter.left-- === 0) return changed(value, change);
  if (Array.isArray(value)) return value.map(each => mutateAt(each, change, counter));
  if (!isMapping(value)) return value;
  const entries: [string, Json][] = [];
  for (const [key, each] of Object.entries(value)) {
    if (counter.left !== 0) entries.push([key, mutateAt(each, change, counter)]);
    else entries.push(...changedEntry(key, each, change, counter));
  }
  const keys = new Set(entries.map(([key]) => key));
  return keys.size === entries.length ? Object.fromEntries(entries) : withDuplicates(entries);
}

function changedEntry(key: string, value: Json, change: Mutation, counter: { left: number }): [string, Json][] {
  counter.left = -1;
  switch (change.kind) {
    case 'remove':
      return [];
    case 'rename':
      return [[change.name, value]];
    case 'repeat':
      return [
        [key, value],
        [key, change.value],
      ];
    case 'replace':
    case 'insert':
    case 'wrap':
      return [[key, changed(value, change)]];
  }
}

function changed(value: Json, { kind, value: other, name }: Mutation): Json {
  if (kind === 'wrap') return [value, other];
  if (kind !== 'insert') return other;
  if (Array.isArray(value)) return [...value, other];
  return isMapping(value) ? Object.fromEntries([...Object.entries(value), [name, other]]) : { [name]: value };
}

/** A key that stands twice has no place in a JavaScript object. */
function withDuplicates(entries: readonly [string, Json][]): Json {
  return new RawJson(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`).join(',')}}`);
}
