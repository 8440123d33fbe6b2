import assert from "node:assert/strict";

import { race } from "../measure.js";
import { costs } from "./costs.js";
import { bySlot, compile, decider, load, requestsOf } from "./footlight.js";
import { instructions } from "./instructions.js";
import * as celJs from "./peers/cel-js.js";
import * as growthbook from "./peers/growthbook.js";
import * as jsonLogic from "./peers/json-logic-js.js";
import * as jsonRulesEngine from "./peers/json-rules-engine.js";
import * as marcbachmannCelJs from "./peers/marcbachmann-cel-js.js";
import { makeRules, winnersOf } from "./rules.js";
import { makeVisitors } from "./visitors.js";

const SEED = "2026";
const SIZES = [10, 100, 1000, 10_000];

const PEERS = {
  growthbook,
  "cel-js": celJs,
  "@marcbachmann/cel-js": marcbachmannCelJs,
  "json-logic-js": jsonLogic,
  "json-rules-engine": jsonRulesEngine,
};

/** Above this many evaluated rules a check takes too long with the slowest peers. */
const MOST_CHECKED = 40_000;

/** From a request's facts to the winners of three slots, against engines that get the facts parsed already. */
export async function* decide() {
  yield* costs(SEED);
  const before = {};
  for (const size of SIZES) {
    const rules = makeRules(size, SEED);
    const bundle = compile(rules);
    const engine = load(bundle);
    const peers = Object.fromEntries(Object.entries(PEERS).map(([name, peer]) => [name, peer.load(rules)]));
    for (const [name, people] of Object.entries(makeVisitors(rules, SEED))) {
      const visitors = requestsOf(engine, people);
      const facts = Object.fromEntries(
        Object.entries(PEERS).map(([name, peer]) => [name, visitors.map(({ facts }) => (peer.facts ?? same)(facts))]),
      );
      const decide = decider(engine);
      await check(rules.rules, visitors, decide, peers, facts);

      const { footlight, ...theirs } = await race({
        footlight: (index) => decide(visitors[index % visitors.length]),
        ...Object.fromEntries(
          Object.entries(peers).map(([name, call]) => [name, (index) => call(facts[name][index % visitors.length])]),
        ),
      });
      const title = `${size} rules, ${name}`;
      for (const [peer, time] of Object.entries(theirs)) yield row(title, peer, footlight / 1000, time / 1000, "µs");
      if (before[name]) yield row(title, "ours, 10× fewer rules", footlight / 1000, before[name] / 1000, "µs");
      before[name] = footlight;
      const counted = instructions(bundle, visitors.map(({ packed }) => packed));
      if (counted) yield row(title, "native build", counted, undefined, "instr");
    }
    engine.free();
  }
}

const row = (name, peer, ours, theirs, unit) => ({ case: name, peer, ours, theirs, unit });
const same = (facts) => facts;

/** Every engine gives every visitor what the definition says. */
async function check(rules, visitors, decide, peers, facts) {
  const sorted = bySlot(rules);
  for (const [index, visitor] of visitors.entries()) {
    const expected = winnersOf(rules, visitor.facts);
    assert.deepEqual(sorted(decide(visitor)), expected, `footlight: ${JSON.stringify(visitor)}`);
    for (const [name, call] of Object.entries(peers)) {
      const isSlow = name === "json-rules-engine";
      if (isSlow && index * rules.length > MOST_CHECKED) continue;
      assert.deepEqual(await call(facts[name][index]), expected, `${name}: ${JSON.stringify(visitor.facts)}`);
    }
  }
}
