/** One round lasts about this long for each contestant. */
const ROUND_MS = 80;
const LEAST_ROUNDS = 5;

/**
 * Times contestants in interleaved rounds, so that whatever else the machine does meets all of them. Gives the median of
 * the rounds in nanoseconds of processor time a call, by name. On a machine that has nothing else to do that is the time
 * that passes; on another one it stays so.
 *
 * @param {Record<string, (index: number) => unknown>} contestants called with 0, 1, 2, …
 */
export async function race(contestants, { roundMs = ROUND_MS, rounds = LEAST_ROUNDS } = {}) {
  const times = {};
  for (const [name, call] of Object.entries(contestants)) {
    // Compiles what is hot.
    await timed(call, roundMs);
    times[name] = [];
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(contestants)) times[name].push(await timed(call, roundMs));
  }
  return Object.fromEntries(Object.entries(times).map(([name, found]) => [name, median(found)]));
}

async function timed(call, roundMs) {
  let calls = 0;
  const start = process.cpuUsage();
  for (;;) {
    // Looking at the clock costs, so it is done every few calls.
    for (let batch = calls < 64 ? 1 : 64; batch > 0; batch -= 1) {
      const pending = call(calls);
      // Some libraries only answer later; the others need not wait for that.
      if (pending instanceof Promise) await pending;
      calls += 1;
    }
    const { user, system } = process.cpuUsage(start);
    if (user + system >= roundMs * 1000) return ((user + system) * 1000) / calls;
  }
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
