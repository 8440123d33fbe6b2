import type { Canary } from "./release.js";

/** Buckets are counted in ten-thousandths. */
const BUCKETS = 10_000;

/**
 * Whether a visitor belongs to a canary. Decided by the visitor's id and the canary's bundle alone, so that a visitor
 * stays in it, also when its share grows, and each canary has other visitors.
 */
export function isInCanary(visitorId: string, { bundle, share }: Canary): boolean {
  return bucket(bundle, visitorId) < share;
}

/** The bucket as experiments have it: the second version of GrowthBook's hash (https://docs.growthbook.io/lib/build-your-own). */
export function bucket(seed: string, visitorId: string): number {
  return fnv1a(String(fnv1a(seed + visitorId))) % BUCKETS;
}

/** FNV-1a, 32 bits, of a text in ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
