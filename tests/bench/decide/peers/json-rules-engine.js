import { Engine } from "json-rules-engine";

import { SLOTS } from "../shop.js";
import { testsOf } from "../rules.js";

const OPERATORS = { "==": "equal", in: "in", ">=": "greaterThanInclusive" };

/** Rules with their priorities; stops as soon as every slot has its rule and those of the same priority had their turn. */
export function load({ rules }) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const order = new Map(rules.map((rule, index) => [rule.id, index]));
  for (const rule of rules) {
    engine.addRule({
      conditions: condition(testsOf(rule)),
      // Zero is none of its priorities.
      priority: rule.priority + 1,
      event: { type: "win", params: { id: rule.id, slot: rule.slot } },
    });
  }
  return async (facts) => {
    const filled = new Set();
    const found = ({ slot }) => {
      filled.add(slot);
      if (filled.size === SLOTS.length) engine.stop();
    };
    engine.on("win", found);
    const { events } = await engine.run(facts);
    engine.removeListener("win", found);
    return SLOTS.map((slot) => {
      const candidates = events.map(({ params }) => params).filter((params) => params.slot === slot);
      return candidates.reduce((best, { id }) => (best && order.get(best) < order.get(id) ? best : id), undefined);
    });
  };
}

const condition = (tests) => ({ all: tests.map(test) });

function test(test) {
  if (test.any) return { any: test.any.map(condition) };
  const [fact, operator, value] = test;
  return { fact, operator: OPERATORS[operator], value };
}
