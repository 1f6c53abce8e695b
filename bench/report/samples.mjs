/** Collects what rounds measured: a list of metrics for every case. */
export class Samples {
  #byCase = new Map();

  /** @param cases - what `toJSON` gave in an earlier run */
  constructor(cases = {}) {
    for (const [id, { rounds }] of Object.entries(cases)) this.#byCase.set(id, rounds);
  }

  /** @param metrics - numbers by name; undefined ones are left out */
  add(id, metrics) {
    const known = Object.entries(metrics).filter(([, value]) => value !== undefined);
    this.#byCase.set(id, [...(this.#byCase.get(id) ?? []), Object.fromEntries(known)]);
  }

  /** The median of a metric over the rounds; undefined when it was not measured. */
  median(id, metric) {
    return median(this.#values(id, metric));
  }

  /** The largest of the rounds; undefined when it was not measured. */
  max(id, metric) {
    const values = this.#values(id, metric);
    return values.length === 0 ? undefined : Math.max(...values);
  }

  /**
   * The median over the rounds of one case against another. Rounds are compared pair by pair, because the machine may
   * have been slower in one of them.
   */
  ratio(id, otherId, metric) {
    const others = this.#values(otherId, metric);
    const ratios = this.#values(id, metric).map((value, round) => value / others[round]);
    return median(ratios.filter(Number.isFinite));
  }

  /** Every case with its medians and its rounds. */
  toJSON() {
    return Object.fromEntries(
      [...this.#byCase].map(([id, rounds]) => {
        const names = [...new Set(rounds.flatMap(Object.keys))];
        return [id, { median: Object.fromEntries(names.map(name => [name, this.median(id, name)])), rounds }];
      }),
    );
  }

  #values(id, metric) {
    return (this.#byCase.get(id) ?? []).map(metrics => metrics[metric]).filter(value => value !== undefined);
  }
}

/** Undefined when there are no values. */
export function median(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
