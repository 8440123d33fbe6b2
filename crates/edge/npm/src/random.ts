const POOL_WORDS = 256;
const pool = new Uint32Array(POOL_WORDS);
let next = POOL_WORDS;

export type Random = readonly [number, number, number, number];

/** Four random numbers of 32 bits; asked of the runtime for 64 requests at a time, which is what costs. */
export function random(): Random {
  if (next >= POOL_WORDS) {
    crypto.getRandomValues(pool);
    next = 0;
  }
  const at = next;
  next += 4;
  return [pool[at] ?? 0, pool[at + 1] ?? 0, pool[at + 2] ?? 0, pool[at + 3] ?? 0];
}
