import { SLOTS } from "../shop.js";
import { testsOf } from "../rules.js";

/** Rules in CEL, parsed once; for each slot the first that holds. `compile` makes a function of facts from a text. */
export function cel(compile) {
  return ({ rules }) => {
    const compiled = SLOTS.map((slot) =>
      rules.filter((rule) => rule.slot === slot).map(({ id, ...rule }) => ({ id, holds: compile(condition(testsOf(rule))) })),
    );
    return (facts) => compiled.map((rules) => rules.find(({ holds }) => holds(facts))?.id);
  };
}

/** What is unknown is empty: most CEL engines stop at a name that they cannot find. */
export const known = (facts, number = Number) => ({
  country: "",
  category: "",
  campaign: "",
  medium: "",
  device: "",
  purpose: "",
  tier: "",
  visitor: "",
  ...Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value === "string")),
  visits: number(facts.visits ?? 0),
  cart: number(facts.cart ?? 0),
});

const condition = (tests) => tests.map(test).join(" && ");

function test(test) {
  if (test.any) return `(${test.any.map(condition).join(" || ")})`;
  const [fact, operator, value] = test;
  return `${fact} ${operator} ${JSON.stringify(value)}`;
}
