import assert from "node:assert/strict";

import { race } from "../measure.js";
import { costs } from "./costs.js";
import { bySlot, compile, decider, load, NOW_MS, requestsOf } from "./footlight.js";
import { instructions } from "./instructions.js";
import * as celJs from "./peers/cel-js.js";
import * as growthbook from "./peers/growthbook.js";
import * as jsonLogic from "./peers/json-logic-js.js";
import * as jsonRulesEngine from "./peers/json-rules-engine.js";
import * as marcbachmannCelJs from "./peers/marcbachmann-cel-js.js";
import { read } from "./reader.js";
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

const SLOWEST = "json-rules-engine";

/** Above this many evaluated rules a check takes too long with the slowest peer. */
const MOST_CHECKED = 40_000;

/** From a request's facts as strings to the winners of three slots; peers also from attributes that are ready. */
export async function* decide() {
  yield* costs(SEED);
  const before = {};
  for (const size of SIZES) {
    const rules = makeRules(size, SEED);
    const bundle = compile(rules);
    const engine = load(bundle);
    const peers = Object.entries(PEERS).map(([name, peer]) => ({ name, facts: same, ...peer, decide: peer.load(rules) }));
    for (const [name, people] of Object.entries(makeVisitors(rules, SEED))) {
      const visitors = requestsOf(engine, people);
      const decide = decider(engine);
      const contestants = peers.flatMap((peer) => [fromStrings(peer, visitors), fromAttributes(peer, visitors)]);
      await check(rules.rules, visitors, decide, contestants);

      const { footlight, reader, ...theirs } = await race({
        footlight: (index) => decide(visitors[index % visitors.length]),
        reader: (index) => read(visitors[index % visitors.length].theirRequest, NOW_MS),
        ...Object.fromEntries(contestants.map(({ name, call }) => [name, (index) => call(index % visitors.length)])),
      });
      const title = `${size} rules, ${name}`;
      for (const [peer, time] of Object.entries(theirs)) yield row(title, peer, footlight / 1000, time / 1000, "µs");
      yield row(title, "strings to attributes", undefined, reader / 1000, "µs");
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

/** A peer that is asked as we are: with the request's strings, which its reader parses. */
const fromStrings = ({ name, facts, decide }, visitors) => ({
  name: `${name}, strings`,
  isSlow: name === SLOWEST,
  call: (index) => decide(facts(read(visitors[index].theirRequest, NOW_MS))),
});

/** A peer that gets the attributes in the form that it wants. */
function fromAttributes({ name, facts, decide }, visitors) {
  const ready = visitors.map((visitor) => facts(visitor.facts));
  return { name: `${name}, attributes`, isSlow: name === SLOWEST, call: (index) => decide(ready[index]) };
}

/** Every engine gives every visitor what the definition says, and the peers' reader reads what is there. */
async function check(rules, visitors, decide, contestants) {
  const sorted = bySlot(rules);
  for (const [index, visitor] of visitors.entries()) {
    const { facts, theirRequest } = visitor;
    assert.deepEqual(known(read(theirRequest, NOW_MS)), known(facts), JSON.stringify(visitor));
    const expected = winnersOf(rules, facts);
    assert.deepEqual(sorted(decide(visitor)), expected, `footlight: ${JSON.stringify(visitor)}`);
    for (const { name, isSlow, call } of contestants) {
      if (isSlow && index * rules.length > MOST_CHECKED) continue;
      assert.deepEqual(await call(index), expected, `${name}: ${JSON.stringify(facts)}`);
    }
  }
}

const known = (facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
