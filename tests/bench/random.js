/** Random numbers that are the same on every run: xorshift128, seeded by a text. */
export class Random {
  #state;

  constructor(seed) {
    // FNV-1a, once for each word of the state.
    this.#state = Uint32Array.from({ length: 4 }, (_, word) =>
      [...`${word}:${seed}`].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16777619), 2166136261),
    );
  }

  /** At least 0, below 1. */
  next() {
    const [a, b, c, d] = this.#state;
    const t = a ^ (a << 11);
    this.#state.set([b, c, d, d ^ (d >>> 19) ^ t ^ (t >>> 8)]);
    return this.#state[3] / 2 ** 32;
  }

  chance(probability) {
    return this.next() < probability;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** One of the items; the first far more often than the last, as with countries, campaigns and articles. */
  skewed(items) {
    return items[Math.floor(items.length ** this.next()) - 1] ?? items[0];
  }

  any(items) {
    return items[this.below(items.length)];
  }

  /** Some different items, the first ones more often. */
  some(items, count) {
    const found = new Set();
    for (let tries = 0; found.size < count && tries < 20 * count; tries += 1) found.add(this.skewed(items));
    return [...found];
  }

  /** One of the keys, each as often as its weight says. */
  weighted(weights) {
    const entries = Object.entries(weights);
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.find(([, weight]) => (left -= weight) < 0)?.[0] ?? entries[0][0];
  }
}
