/** Random numbers that can be repeated (mulberry32). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, but not, `most`. */
  below(most) {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
  }

  one(list) {
    return list[this.below(list.length)];
  }

  /** Whether something happens that happens `percent` times of a hundred. */
  happens(percent) {
    return this.below(100) < percent;
  }
}
