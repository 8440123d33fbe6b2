import jsonLogic from "json-logic-js";

import { SLOTS } from "../shop.js";
import { testsOf } from "../rules.js";

/** For each slot the first rule that holds. */
export function load({ rules }) {
  const prepared = SLOTS.map((slot) =>
    rules.filter((rule) => rule.slot === slot).map((rule) => ({ id: rule.id, logic: condition(testsOf(rule)) })),
  );
  return (facts) => prepared.map((rules) => rules.find(({ logic }) => jsonLogic.apply(logic, facts))?.id);
}

const condition = (tests) => ({ and: tests.map(test) });

function test(test) {
  if (test.any) return { or: test.any.map(condition) };
  const [fact, operator, value] = test;
  return { [operator]: [{ var: fact }, value] };
}
