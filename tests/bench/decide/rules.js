import { Random } from "../random.js";
import { campaigns, categories, COUNTRIES, DEVICES, MEDIA, PURPOSES, SLOTS, TIERS } from "./shop.js";

/**
 * Rules as a growing shop has them, as data that every engine's own form is made from.
 *
 * A rule wants all of its segments and its own condition; a condition is a list of tests that must all hold. A test is
 * `[fact, "==" | "in" | ">=", value]`, or `{ any: [condition, …] }`.
 */
export function makeRules(count, seed) {
  const random = new Random(`rules ${count} ${seed}`);
  const words = { random, categories: categories(count), campaigns: campaigns(count) };
  const segments = Array.from({ length: 6 + Math.min(count >> 2, 400) }, (_, index) => makeSegment(index, words));
  const rules = Array.from({ length: count }, (_, index) => makeRule(index, segments, words));
  // The order that decides: priority, then the name.
  rules.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  return { segments, rules };
}

const SEGMENTS = {
  country: 5,
  countries: 5,
  device: 2,
  campaign: 5,
  medium: 3,
  returning: 2,
  loyal: 3,
  tier: 3,
  cart: 2,
  "country or campaign": 2,
};

function makeSegment(index, { random, campaigns }) {
  const tests = {
    country: () => [["country", "==", random.skewed(COUNTRIES)]],
    countries: () => [["country", "in", random.some(COUNTRIES, 2 + random.below(6))]],
    device: () => [["device", "==", random.skewed(DEVICES)]],
    campaign: () => [["campaign", "==", random.skewed(campaigns)]],
    medium: () => [["medium", "==", random.skewed(MEDIA)]],
    returning: () => [["visitor", "==", "returning"]],
    loyal: () => [["visits", ">=", 2 + random.below(5)]],
    tier: () => [["tier", "in", random.some(TIERS, 1 + random.below(2))]],
    cart: () => [["cart", ">=", 10 * (2 + random.below(14))]],
    "country or campaign": () => [
      { any: [[["country", "==", random.skewed(COUNTRIES)]], [["campaign", "in", random.some(campaigns, 2)]]] },
    ],
  };
  // Every shop has these; the others are as they come.
  const kind = Object.keys(SEGMENTS)[index] ?? random.weighted(SEGMENTS);
  return { id: `segment-${index}`, tests: tests[kind]() };
}

const NARROWED_BY = { category: 10, campaign: 4, device: 3, purpose: 2, country: 3, nothing: 3 };

function makeRule(index, segments, { random, categories, campaigns }) {
  const narrowed = {
    category: () => [["category", "==", random.skewed(categories)]],
    campaign: () => [["campaign", "==", random.skewed(campaigns)]],
    device: () => [["device", "==", random.skewed(DEVICES)], ["category", "in", random.some(categories, 3)]],
    purpose: () => [["purpose", "==", random.skewed(PURPOSES)]],
    country: () => [["country", "in", random.some(COUNTRIES, 3)], ["category", "==", random.skewed(categories)]],
    nothing: () => [],
  };
  return {
    id: `rule-${String(index).padStart(5, "0")}`,
    slot: random.skewed(SLOTS),
    priority: 10 * random.below(11),
    segments: random.some(segments, random.chance(0.6) ? 2 : 1),
    when: narrowed[random.weighted(NARROWED_BY)](),
  };
}

/** Everything that a rule wants, as one condition. */
export const testsOf = (rule) => [...rule.segments.flatMap((segment) => segment.tests), ...rule.when];

/** The rule that wins each slot, by the definition; the oracle that every engine must agree with. */
export function winnersOf(rules, facts) {
  return SLOTS.map((slot) => rules.find((rule) => rule.slot === slot && holds(testsOf(rule), facts))?.id);
}

/** How many rules match. */
export const matching = (rules, facts) => rules.filter((rule) => holds(testsOf(rule), facts)).length;

function holds(tests, facts) {
  return tests.every((test) => {
    if (test.any) return test.any.some((condition) => holds(condition, facts));
    const [fact, operator, value] = test;
    const found = facts[fact];
    if (found === undefined) return false;
    if (operator === "==") return found === value;
    return operator === "in" ? value.includes(found) : found >= value;
  });
}
