/** How a rule fared, in words for people; `detail` is the segment, rule or placeholder that decided. */
const OUTCOMES = {
  won: () => "won",
  "slot-taken": (detail) => `the slot went to ${detail}`,
  "not-in-segment": (detail) => `the visitor is not in ${detail}`,
  "segment-unknown": (detail) => `nobody knows whether the visitor is in ${detail}`,
  "condition-false": () => "its condition does not hold",
  "condition-unknown": () => "nobody knows whether its condition holds",
  "too-early": () => "its time has not come",
  "too-late": () => "its time is over",
  "review-overdue": () => "it stopped: its review is overdue",
  "kind-forbidden": () => "the stage does not allow its kind",
  "over-budget": () => "the page has as many interventions as it may",
  capped: () => "the visitor has seen it often enough",
  "cap-unknown": () => "nobody may count how often the visitor saw it",
  "not-in-experiment": () => "the visitor is not in the experiment",
  "experiment-unknown": () => "without consent nobody is in an experiment",
  "content-unknown": (detail) => `its content says something that nobody knows: ${detail}`,
  "no-market": () => "the visitor is in no market",
};

export function outcome({ outcome, detail }) {
  return (OUTCOMES[outcome] ?? (() => outcome))(detail ?? "");
}

/** Why nothing changes on a page. */
const DEFAULTS = {
  "no-stage": "This address belongs to no stage of the journey: the page stays as it is.",
  bot: "Bots see the page as it is.",
  holdout: "This visitor is held out: no personalization at all, so that its effect can be measured.",
  "no-rule": "No rule applies to this visitor: the page stays as it is.",
};

export function noChange(reason) {
  return DEFAULTS[reason] ?? reason;
}

/** Who gets the same page from a cache. */
export function sharing({ default: unchanged, cache, cache_key: key }) {
  if (unchanged) return "as the shop says";
  if (cache === "static") return "everybody gets the same page";
  if (cache === "private") return "only this visitor gets this page";
  return key ? `visitors with the key ${key} get the same page` : "visitors share the page";
}

/** What a truth value says, also for those who see no colours. */
export const TRUTHS = { true: ["✓", "yes"], false: ["✗", "no"], unknown: ["?", "unknown"] };
