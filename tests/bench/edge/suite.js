import { median } from "../measure.js";
import { listing } from "../runtime/pages.js";
import { load, startWorkerd } from "../runtime/workerd.js";

const ROUNDS = 5;
const PATH = "/c/boots";
const BUSY = { connections: 8, ms: 1500 };
const ALONE = { connections: 1, ms: 500 };

/** What is edited, the country that chooses it, and whom to compare with. */
const CASES = [
  ["3 slots near the top", "DE", ["HTMLRewriter", "pass-through"]],
  ["3 slots, 240 prices", "CH", ["HTMLRewriter", "pass-through"]],
  ["no rule applies", "US", ["pass-through"]],
];

/** Through the runtime, end to end: origin, worker and visitors over real sockets. */
export async function* edge() {
  const stop = await startWorkerd("edge");
  const page = await listing();
  for (const [name, country, peers] of CASES) {
    const contestants = ["footlight", ...peers];
    const found = Object.fromEntries(contestants.map((contestant) => [contestant, { busy: [], firstByte: [] }]));
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const contestant of contestants) {
        const headers = { "x-contestant": contestant, "x-country": country };
        const { requestsPerSecond } = load(page, PATH, headers, BUSY);
        const { firstByteUs } = load(page, PATH, headers, ALONE);
        // The first round compiles what is hot.
        if (round === 0) continue;
        found[contestant].busy.push(1e6 / requestsPerSecond);
        found[contestant].firstByte.push(firstByteUs);
      }
    }
    const of = (contestant, what) => median(found[contestant][what]);
    const row = (what, title, peer) => {
      return { case: `${name}: ${title}`, peer, ours: of("footlight", what), theirs: of(peer, what), unit: "µs" };
    };
    for (const peer of peers) {
      // Time a request under load, so that the ratio is that of requests a second.
      yield row("busy", "under load", peer);
      yield row("firstByte", "first byte", peer);
    }
  }
  stop();
}
