import { element, list } from "./elements.js";
import { noChange, outcome, sharing, TRUTHS } from "./words.js";

/** The page in a few words, for the button. */
export function summary({ report, other }) {
  if (!report) return "no rules yet";
  const slots = report.slots.length;
  const what = slots === 0 ? "as it is" : slots === 1 ? "1 slot" : `${slots} slots`;
  return [other && "somebody else", report.stage ?? "no stage", what].filter(Boolean).join(" · ");
}

/** What was decided and why: elements for the panel. */
export function explanation({ report, url, at, status, cache_control: cacheControl, other }) {
  if (!report) return [element("p", {}, "There are no rules that compile, so the page is as the shop made it.")];
  const { stage, market, slots, explanation } = report;
  const reason = report.default;
  const facts = element(
    "dl",
    {},
    ...term("Stage", stage ?? "none"),
    ...term("Visitor", other ? `somebody else: ${other.replaceAll(",", ", ")}` : "you"),
    ...term("Market", market ?? "none"),
    ...term("Time", new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })),
    ...term("Address", url),
    ...term("Sharing", sharing(report)),
    ...term("Cache-Control at the edge", cacheControl || "as the shop says"),
    ...term("Footlight-Status", status),
  );
  return [
    element("h2", {}, stage ?? "No stage"),
    reason ? element("p", {}, noChange(reason)) : undefined,
    ...slotsOf(slots, explanation?.rules ?? [], forced(other)),
    ...section("Segments", list((explanation?.segments ?? []).map(segment), { class: "plain" })),
    ...section("Signals", signals(explanation?.signals ?? [])),
    ...section("This page", facts),
  ].filter(Boolean);
}

function section(title, content) {
  return content ? [element("h3", {}, title), content] : [];
}

function term(name, value) {
  return [element("dt", {}, name), element("dd", {}, value)];
}

/** Each slot with its winner and with those who lost it, the winner's slots first. */
function slotsOf(filled, rules, forced) {
  const names = new Set([...filled.map(({ slot }) => slot), ...rules.map(({ slot }) => slot)]);
  return [...names].map((name) => {
    const inSlot = rules.filter(({ slot }) => slot === name);
    const fill = filled.find(({ slot }) => slot === name);
    const winner = inSlot.find((rule) => rule.outcome === "won");
    const losers = inSlot.filter((rule) => rule !== winner);
    const title = element("h3", {}, name, fill ? showButton(name, fill) : undefined);
    return element("div", { class: fill ? "slot filled" : "slot" }, title, winner ? won(winner, fill, winner.id === forced) : nobody(losers), lost(losers));
  });
}

/** The rule that wins because the one who looks says so. */
function forced(other = "") {
  return other.split(",").find((part) => part.startsWith("rule:"))?.slice("rule:".length);
}

function won(rule, fill, isForced) {
  const id = fill?.variant ? `${rule.id}, variant ${fill.variant}` : rule.id;
  if (isForced) return element("p", {}, element("strong", {}, id), " won because you said so.");
  const because = rule.because.length === 0 ? " won: the visitor is in its segment." : " won: the visitor is in its segment, and";
  return element("div", {}, element("p", {}, element("strong", {}, id), because), list(rule.because.map(reason), { class: "plain" }));
}

function nobody(losers) {
  return element("p", { class: "quiet" }, losers.length === 0 ? "No rule wants it here." : "Nobody won it.");
}

function lost(losers) {
  if (losers.length === 0) return undefined;
  const near = losers.filter((rule) => rule.near_miss);
  const title = [`${losers.length} lost`, near.length > 0 && `${near.length} nearly won`].filter(Boolean).join(", ");
  return element("details", {}, element("summary", {}, title), list(losers.map(loser), { class: "plain" }));
}

function loser(rule) {
  const because = rule.near_miss
    ? [element("p", { class: "near" }, "It lacked only this: ", reason(rule.near_miss))]
    : [list(rule.because.map(reason), { class: "plain" })];
  return [element("p", {}, element("strong", {}, rule.id), `: ${outcome(rule)}.`), ...because];
}

function segment({ id, kind, truth, because }) {
  const title = element("summary", {}, mark(truth), element("strong", {}, id), ` ${kind}`);
  return because.length === 0 ? title : element("details", {}, title, list(because.map(reason), { class: "plain" }));
}

function reason({ condition, truth, values }) {
  const seen = values.length > 0 ? element("span", { class: "quiet" }, ` (${values.join(", ")})`) : undefined;
  return element("span", {}, mark(truth), element("code", {}, condition), seen);
}

function mark(truth) {
  const [sign, word] = TRUTHS[truth] ?? TRUTHS.unknown;
  return element("span", { class: `mark ${truth}`, role: "img", "aria-label": word }, sign);
}

function signals(all) {
  if (all.length === 0) return undefined;
  const rows = all.map(({ name, value, known, source, purpose }) =>
    element(
      "tr",
      { ...(!known && { class: "quiet" }) },
      element("th", { scope: "row", title: `from ${source}; needs consent to: ${purpose}` }, name),
      element("td", {}, value),
    ),
  );
  return element("table", {}, element("tbody", {}, ...rows));
}

/** Shows where a slot is in the page. */
function showButton(name, { edits }) {
  const places = edits.flatMap(({ selector }) => find(selector));
  if (places.length === 0) return undefined;
  const button = element("button", { type: "button", class: "show", "aria-label": `Show ${name} in the page` }, "show");
  button.addEventListener("click", () => {
    const [first] = places;
    const seen = places.find((place) => place.getClientRects().length > 0) ?? first;
    seen.scrollIntoView({ block: "center" });
    for (const place of places) place.animate(FLASH, { duration: 2_500 });
  });
  return button;
}

const FLASH = [
  { outline: "3px solid #d9480f", outlineOffset: "2px" },
  { outline: "3px solid #d9480f", outlineOffset: "2px", offset: 0.8 },
  { outline: "3px solid transparent", outlineOffset: "2px" },
];

function find(selector) {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}
