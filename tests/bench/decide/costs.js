import { race } from "../measure.js";
import { compile, decider, load, memoryBytes, requestsOf } from "./footlight.js";
import { makeRules } from "./rules.js";
import { makeVisitors } from "./visitors.js";

const RELOADS = 10_000;

/** What a bundle of a thousand rules, and of ten thousand, costs besides deciding; `theirs` is the budget. */
export async function* costs(seed) {
  const bundle = compile(makeRules(1000, seed));
  yield budget("bundle of 1,000 rules", bundle.length, 64 * 1024, "bytes");

  const rules = makeRules(1000, seed);
  const engine = load(bundle);
  const decide = decider(engine);
  const visitors = requestsOf(engine, makeVisitors(rules, seed).typical);
  visitors.forEach(decide);
  yield budget("memory with 1,000 rules", memoryBytes(), 4 * 1024 * 1024, "bytes");

  yield budget("ready, 1,000 rules", (await ready(bundle)) / 1000, 1000, "µs");
  const before = memoryBytes();
  for (let reload = 0; reload < RELOADS; reload += 1) load(bundle).free();
  yield budget(`memory after ${RELOADS} reloads`, memoryBytes(), before, "bytes");
  engine.free();

  yield budget("ready, 10,000 rules", (await ready(compile(makeRules(10_000, seed)))) / 1000, 10_000, "µs");
}

const ready = async (bundle) => (await race({ load: () => load(bundle).free() })).load;

const budget = (name, ours, theirs, unit) => ({ case: name, peer: "budget", ours, theirs, unit });
