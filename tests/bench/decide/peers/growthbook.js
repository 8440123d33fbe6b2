import { GrowthBookClient } from "@growthbook/growthbook";

import { SLOTS } from "../shop.js";
import { testsOf } from "../rules.js";

const OPERATORS = { in: "$in", ">=": "$gte" };

/** A feature for each slot, whose rules force the winner's name. */
export function load({ rules }) {
  const features = Object.fromEntries(SLOTS.map((slot) => [slot, { defaultValue: null, rules: rulesFor(slot, rules) }]));
  const client = new GrowthBookClient().initSync({ payload: { features } });
  return (attributes) => {
    const visitor = { attributes };
    return SLOTS.map((slot) => client.getFeatureValue(slot, null, visitor) ?? undefined);
  };
}

const rulesFor = (slot, rules) =>
  rules.filter((rule) => rule.slot === slot).map((rule) => ({ condition: condition(testsOf(rule)), force: rule.id }));

/** Its form for conditions that must all hold is one object, as long as each is about something else. */
function condition(tests) {
  const conditions = tests.map(test);
  const keys = new Set(conditions.flatMap(Object.keys));
  return keys.size === conditions.length ? Object.assign({}, ...conditions) : { $and: conditions };
}

function test(test) {
  if (test.any) return { $or: test.any.map(condition) };
  const [fact, operator, value] = test;
  return { [fact]: operator === "==" ? value : { [OPERATORS[operator]]: value } };
}
