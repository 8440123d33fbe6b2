import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileFacts } from "../../../crates/edge/npm/dist/facts.js";
import { random } from "../../../crates/edge/npm/dist/random.js";
import { Engine, initSync } from "../../../crates/edge/npm/wasm/footlight.js";
import { SLOTS } from "./shop.js";

const ROOT = new URL("../../../", import.meta.url);
const KEY = new Uint8Array(32).fill(7);
export const NOW_MS = Date.UTC(2026, 10, 20, 10);
const DAY_MS = 86_400_000;

const exports = initSync({ module: new WebAssembly.Module(readFileSync(new URL("crates/edge/npm/wasm/footlight.wasm", ROOT))) });

/** Bytes of the module's memory. */
export const memoryBytes = () => exports.memory.buffer.byteLength;

/** Rule sources compiled by `footlight build`. */
export function compile(rules) {
  const folder = mkdtempSync(join(tmpdir(), "footlight-bench-"));
  try {
    for (const [name, text] of Object.entries(sources(rules))) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "content"));
    const bundle = join(folder, "bench.footlight");
    // Of ten thousand random rules many can never win, and each is warned of.
    const options = { stdio: "pipe", maxBuffer: 1 << 28 };
    execFileSync(process.env.FOOTLIGHT_CLI, ["build", "--rules", folder, "--output", bundle], options);
    return readFileSync(bundle);
  } catch (error) {
    throw new Error(`the rules do not compile:\n${String(error.stderr ?? error).slice(0, 4000)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const load = (bundle) => new Engine(bundle, "", KEY);

/** Everything from the request's facts, as strings, to the names of the rules that won. */
export function decider(engine) {
  const pack = compileFacts(engine.facts());
  return ({ request }) => {
    const summary = engine.decide(pack(request, request.url), NOW_MS, ...random());
    return summary & REASON ? NOTHING : engine.winners().split("\n");
  };
}

/** Bits of the summary that say why nothing changes. */
const REASON = 7 << 4;
const NOTHING = [];

/** Puts winners, which stand in the rules' order, into the order of slots. */
export const bySlot = (rules) => {
  const slots = new Map(rules.map((rule) => [rule.id, SLOTS.indexOf(rule.slot)]));
  return (winners) => {
    const found = SLOTS.map(() => undefined);
    for (const id of winners) found[slots.get(id)] = id;
    return found;
  };
};

/**
 * The requests of visitors as the worker gets them; who was here before brings the cookie that an engine gave them.
 */
export function requestsOf(engine, visitors) {
  const pack = compileFacts(engine.facts());
  return visitors.map((visitor) => {
    const { url, runtime: cf, facts } = visitor;
    const headers = new Map(Object.entries(visitor.headers));
    const request = { url, cf, headers };
    const own = headers.get("cookie");
    for (let visit = facts.visits ?? 1; visit > 1; visit -= 1) {
      engine.decide(pack(request, url), NOW_MS - (visit - 1) * DAY_MS, ...random());
      headers.set("cookie", `${own}; ${engine.cookie().split(";", 1)[0]}`);
    }
    return { ...visitor, request, packed: pack(request, url) };
  });
}

const NAMES = { visits: "visitor.visits", cart: "cart.value", country: "geo.country", category: "page.category" };
const MORE_NAMES = { campaign: "traffic.campaign", medium: "traffic.medium", device: "device.class" };
const SITE_NAMES = { tier: "custom.tier", purpose: "url.query['for']" };
const SIGNALS = { ...NAMES, ...MORE_NAMES, ...SITE_NAMES };

function sources({ segments, rules }) {
  return {
    "site.toml": SITE,
    "journey.toml": '[category]\nallow = ["localize"]\nuncounted = ["localize"]\n',
    "segments.toml": segments.map(segment).join("\n"),
    "category.toml": rules.map(rule).join("\n"),
  };
}

const segment = ({ id, tests }) => `[[segment]]
id = "${id}"
kind = "need"
condition = "${condition(tests)}"
`;

const rule = ({ id, slot, priority, segments, when }) => `[[rule]]
id = "${id}"
segments = [${segments.map((segment) => `"${segment.id}"`).join(", ")}]
${when.length > 0 ? `when = "${condition(when)}"\n` : ""}slot = "${slot}"
kind = "localize"
priority = ${priority}
text = "For you"
hypothesis = "it is shown"
kpi = "conversion-rate"
guardrail = "return-rate must not rise by more than 2 %"
owner = "anna@shop.example"
review = 2099-01-01
`;

const condition = (tests) => tests.map(test).join(" && ");

function test(test) {
  if (test.any) return `(${test.any.map(condition).join(" || ")})`;
  const [fact, operator, value] = test;
  if (fact === "visitor") return value === "returning" ? "visitor.returning" : "!visitor.returning";
  return `${SIGNALS[fact]} ${operator} ${literal(fact, value)}`;
}

function literal(fact, value) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(fact, item)).join(", ")}]`;
  if (typeof value === "string") return `'${value}'`;
  return fact === "cart" ? value.toFixed(1) : String(value);
}

const SITE = `site = "bench"
hosts = ["shop.example"]
locales = ["en"]
base = { currency = "EUR", market = "home" }
time_zone = "Europe/Berlin"

[[route]]
path = "/"
stage = "homepage"

[[route]]
path = "/c/:category"
stage = "category"

[[route]]
path = "/p/:sku"
stage = "product"

[slots.hero]
[slots.notice]
[slots.shipping]

[page]
category = [{ route = "category" }]

[shop]
cart_value = { cookie = "cart_value" }

[custom.tier]
type = "string"
cookie = "tier"
purpose = "personalization"

[consent]
kind = "values"
cookie = "consent"
default = []

[consent.values]
all = ["functional", "analytics", "personalization", "marketing"]
essential = []

[[market]]
id = "home"
countries = ["DE", "AT"]
currency = "EUR"
locale = "de"
`;
