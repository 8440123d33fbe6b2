import { compileFacts } from "../../../crates/edge/npm/dist/facts.js";
import { compileSources, load, memoryBytes, NOW_MS, put } from "../decide/footlight.js";
import { race } from "../measure.js";

const CHUNK_BYTES = 65_536;
const URL = "https://shop.example/c/boots";

/** What a page costs when it grows, and when more is looked for in it, in Node; beside each the step before. */
export async function* growth(page) {
  const engine = load(bundle(3));
  let before = {};
  for (const times of [1, 4, 16]) {
    const long = Buffer.concat(Array.from({ length: times }, () => page));
    const title = `${Math.round(long.length / 1000)} KB`;
    const { footlight } = await race({ footlight: () => rewrite(engine, long) });
    const now = { µs: footlight / 1000, KB: memoryBytes() / 1024 };
    for (const unit of ["µs", "KB"]) {
      const name = unit === "KB" ? `${title}, all memory` : title;
      yield { case: name, peer: "ours, 4× fewer bytes", ours: now[unit], theirs: before[unit], unit };
    }
    before = now;
  }
  engine.free();
  before = undefined;
  for (const count of [1, 10, 100, 1000]) {
    const engine = load(bundle(count));
    const { footlight } = await race({ footlight: () => rewrite(engine, page) });
    yield { case: `${count} selectors`, peer: "ours, 10× fewer", ours: footlight / 1000, theirs: before, unit: "µs" };
    before = footlight / 1000;
    engine.free();
  }
}

/** Decides, and rewrites to the end. */
function rewrite(engine, page) {
  const pack = compileFacts(engine.notes.facts);
  engine.decide(pack({ url: URL, cf: { country: "DE" }, headers: new Map() }, URL), NOW_MS, [0, 0, 0, 0]);
  const rewriting = engine.page("text/html; charset=utf-8");
  for (let at = 0; at < page.length; at += CHUNK_BYTES) {
    const chunk = page.subarray(at, at + CHUNK_BYTES);
    put(chunk);
    rewriting.write(chunk.length);
  }
  if (rewriting.isFinished()) throw new Error("the rewriter has stopped before the page's end");
  rewriting.end();
  rewriting.free();
}

/** Rules for so many slots; the page has the first. */
function bundle(count) {
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? "hero" : `slot-${index}`));
  return compileSources({
    "site.toml": SITE + names.map((name) => `[slots.${name}]\nrepeated = true\n`).join(""),
    "journey.toml": '[category]\nallow = ["localize"]\nuncounted = ["localize"]\n',
    "segments.toml": '[[segment]]\nid = "all"\nkind = "need"\ncondition = "geo.country == \'DE\'"\n',
    "category.toml": names.map(rule).join("\n"),
  });
}

const rule = (name) => `[[rule]]
id = "into-${name}"
segment = "all"
slot = "${name}"
kind = "localize"
text = "For you"
hypothesis = "it costs little"
kpi = "conversion-rate"
guardrail = "return-rate must not rise by more than 2 %"
owner = "bench@shop.example"
review = 2099-01-01
`;

const SITE = `site = "bench"
hosts = ["shop.example"]
locales = ["en"]
base = { currency = "EUR", market = "home" }
time_zone = "Europe/Berlin"

[[route]]
path = "/c/:category"
stage = "category"

[consent]
kind = "values"
cookie = "consent"
default = []

[consent.values]
all = ["personalization"]

[[market]]
id = "home"
countries = ["DE"]
currency = "EUR"
locale = "de"

`;
