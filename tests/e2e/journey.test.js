// Eight kinds of visitors on all eight stages of the demo shop, through the demo's own worker in workerd.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import shop from "../../www/shop/index.js";
import { get } from "./harness/http.js";
import { startWorker } from "./harness/worker.js";

const NOON = "2026-11-20T11:00:00Z";
const WEEK_BEFORE = "2026-11-13T11:00:00Z";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const DESKTOP =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/** One page of each stage; the cart holds two bottles. */
const CART = "shop_cart=quell-bottle.pine:2; cart_items=2; cart_value=49.80";
const JOURNEY = [
  ["pre-entry", "/l/winter-hiking"],
  ["homepage", "/"],
  ["category", "/c/boots"],
  ["product", "/p/kammweg-mid"],
  ["cart", "/cart"],
  ["checkout", "/checkout"],
  ["thank-you", "/thank-you/FW-1042"],
  ["post-purchase", "/orders/FW-1042"],
];

let worker;
before(async () => (worker = await startWorker({ script: "tests/e2e/demo-worker.js", origin: "" })));
after(() => worker.stop());

/** The page that a visitor gets at each stage. */
async function walk({ from, cookie = "", headers = {}, query = "", at = NOON }) {
  const pages = {};
  for (const [stage, path] of JOURNEY) {
    const cookies = [CART, from && `demo_from=${from}`, cookie].filter(Boolean).join("; ");
    const all = { "user-agent": DESKTOP, "accept-language": "en", ...headers, cookie: cookies, "x-test-now": at };
    pages[stage] = await get(worker.url + path + query, { headers: all });
    assert.equal(pages[stage].status, 200, `${stage} ${path}`);
  }
  return pages;
}

const stages = (pages, holds) => Object.keys(pages).filter((stage) => holds(pages[stage]));
const status = (page) => page.headers["footlight-status"];
const slot = (page, name) => {
  const [, rest] = page.text.split(`data-footlight-slot="${name}"`);
  return rest?.slice(rest.indexOf(">") + 1, 1500).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim() ?? "";
};
const STAGES = JOURNEY.map(([stage]) => stage);

test("Googlebot gets the origin's page on every stage, byte for byte", async () => {
  const pages = await walk({ from: "CH", headers: { "user-agent": GOOGLEBOT } });
  for (const [stage, path] of JOURNEY) {
    const request = new Request(worker.url + path, { headers: { cookie: `${CART}; demo_from=CH`, "user-agent": GOOGLEBOT } });
    assert.equal(pages[stage].text, await (await shop.fetch(request)).text(), stage);
    assert.match(status(pages[stage]), /^default; reason=bot/);
  }
});

test("Germans see euros written their way and when it arrives; nothing is remembered without consent", async () => {
  const pages = await walk({ from: "DE", headers: { "accept-language": "de" } });
  // After the sale, what is shown is counted, and nothing can be counted without consent.
  assert.deepEqual(stages(pages, (page) => /personalized/.test(status(page))), STAGES.slice(0, 7));
  assert.match(slot(pages.category, "price"), /^\d+,\d\d €/);
  assert.match(slot(pages.product, "shipping"), /\d+\. (Nov|Dez)/);
  assert.deepEqual(stages(pages, (page) => page.headers["set-cookie"]), []);
});

test("the Swiss see francs wherever there is a price, and hear of customs", async () => {
  const pages = await walk({ from: "CH" });
  for (const stage of ["pre-entry", "homepage", "category", "product", "cart", "checkout"]) {
    assert.match(slot(pages[stage], "price"), /^CHF/, stage);
  }
  assert.match(pages.product.text, /product:price:currency" content="EUR"/, "what machines read stays the origin's");
  assert.notEqual(slot(pages.category, "tax-note"), slot((await walk({ from: "DE" })).category, "tax-note"));
});

test("a reader of the newsletter is met with it on the landing and the home page", async () => {
  const pages = await walk({ from: "DE", query: "?utm_source=newsletter&utm_medium=email&utm_campaign=november" });
  assert.match(pages.homepage.text, /The kit from the November letter/);
  assert.match(pages.homepage.headers.link, /hero-autumn\.svg>; rel=preload; as=image/);
  assert.match(pages.homepage.text, /<link rel="preload"[^>]*hero-autumn\.svg/);
  const others = await walk({ from: "DE" });
  assert.notEqual(slot(pages["pre-entry"], "greeting"), slot(others["pre-entry"], "greeting"));
});

test("a phone gets a quieter checkout", async () => {
  const phone = await walk({ from: "DE", headers: { "user-agent": PHONE } });
  const desktop = await walk({ from: "DE" });
  assert.notEqual(phone.checkout.text, desktop.checkout.text);
});

test("who comes back, and agreed to be remembered, is recognized; who did not agree is not", async () => {
  const profile = (page) => page.headers["set-cookie"]?.map((cookie) => cookie.split(";")[0]).join("; ") ?? "";
  const visit = async (path, cookie, at) => {
    const headers = { "user-agent": DESKTOP, cookie: `shop_consent=all; demo_from=DE; ${cookie}`, "x-test-now": at };
    return profile(await get(worker.url + path, { headers }));
  };
  let cookie = await visit("/c/boots", "", WEEK_BEFORE);
  for (const sku of ["kammweg-mid", "kammweg-mid", "kammweg-mid"]) cookie = (await visit(`/p/${sku}`, cookie, WEEK_BEFORE)) || cookie;

  const known = await walk({ from: "DE", cookie: `shop_consent=all; ${cookie}` });
  const unknown = await walk({ from: "DE", cookie });
  const refused = await walk({ from: "DE", cookie: `shop_consent=all; ${cookie}`, headers: { "sec-gpc": "1" } });
  assert.notEqual(slot(known.homepage, "hero"), slot(unknown.homepage, "hero"));
  assert.equal(slot(refused.homepage, "hero"), slot(unknown.homepage, "hero"), "Global Privacy Control is a no");
  assert.notEqual(slot(known.category, "greeting"), slot(unknown.category, "greeting"));
  assert.match(known.homepage.headers["cache-control"], /private/);
  for (const pages of [unknown, refused]) {
    assert.deepEqual(stages(pages, (page) => profile(page).includes("__Host-footlight")), []);
  }
});

test("nobody knows where a visitor is: the shop's own prices stay", async () => {
  const pages = await walk({ from: "XX" });
  for (const stage of ["homepage", "category", "product"]) assert.match(slot(pages[stage], "price"), /^€/, stage);
});
