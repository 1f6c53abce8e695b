/** More values than this at one time do not fit. */
const slotCount = 65_536;
/** Keys stay safe integers; a slot would have to be used again after so many turns exactly for a key to come twice. */
const maxTurn = 2 ** 36;

interface Slot<T> {
  readonly key: number;
  readonly value: T;
}

/**
 * Values that come and go often, under keys that it makes itself: safe integers, none of them twice in months.
 *
 * A `Map` would do, but V8 gives one that is filled and emptied a new table every few entries, and each old table holds
 * on to the next. Once one of them is in the old generation, all that follow stay until the next full collection, with
 * everything that was in them: a quarter of what an HTTP call allocates.
 */
export class Slots<T> {
  readonly #slots: (Slot<T> | undefined)[] = [];
  readonly #free: number[] = [];
  #turn = 0;

  get size(): number {
    return this.#slots.length - this.#free.length;
  }

  /** The key of the value from now on; undefined when there is no room. */
  add(value: T): number | undefined {
    const index = this.#free.pop() ?? this.#slots.length;
    if (index === slotCount) return undefined;
    this.#turn = (this.#turn + 1) % maxTurn;
    const key = this.#turn * slotCount + index;
    this.#slots[index] = { key, value };
    return key;
  }

  get(key: number): T | undefined {
    const slot = this.#slots[key % slotCount];
    return slot?.key === key ? slot.value : undefined;
  }

  /** @returns whether there was such a value */
  delete(key: number): boolean {
    const index = key % slotCount;
    if (this.#slots[index]?.key !== key) return false;
    this.#slots[index] = undefined;
    this.#free.push(index);
    return true;
  }

  /** The values, in no order. Whatever is added meanwhile may be among them. */
  *values(): Generator<T> {
    for (const slot of this.#slots) if (slot !== undefined) yield slot.value;
  }
}
