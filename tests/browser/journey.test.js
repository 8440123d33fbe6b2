// Two shoppers walk the whole journey in Chromium, through the demo's worker in workerd.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startWorker } from "../e2e/harness/worker.js";
import { DESKTOP, launch, PHONE, Shopper } from "./shopper.js";

/** A shift that nobody sees: https://web.dev/articles/cls calls everything up to 0.1 good. */
const LEAST_VISIBLE_SHIFT = 0.001;

let browser, worker;
before(async () => {
  worker = await startWorker({ script: "tests/e2e/demo-worker.js", origin: "", files: "www/public" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await worker?.stop();
});

const CHROME = "Mozilla/5.0 (%) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0";
const GERMANY = {
  name: "germany-phone",
  from: "DE",
  postcode: "80331",
  device: { ...PHONE, userAgent: `${CHROME.replace("%", "Linux; Android 15; Pixel 9")} Mobile Safari/537.36` },
};
const SWITZERLAND = {
  name: "switzerland-desktop",
  from: "CH",
  postcode: "3011",
  device: { ...DESKTOP, userAgent: `${CHROME.replace("%", "Windows NT 10.0; Win64; x64")} Safari/537.36` },
};
const WEEK_BEFORE = "2026-11-13T11:00:00Z";
const TODAY = "2026-11-20T11:00:00Z";

/** Opens a browser as somebody, at a time. */
async function enter(who, at) {
  const shopper = await Shopper.enter(browser, who.name, worker.url, who.device);
  await shopper.setTime(at);
  return shopper;
}

/** From the landing page to tracking the order. What the shopper saw in the slots on the way. */
async function walk(shopper, { from, postcode }) {
  const seen = {};
  await shopper.go(`/l/winter-hiking?from=${from}`);
  seen.landing = await shopper.slot("hero");
  await shopper.go("/");
  seen.home = [await shopper.slot("greeting"), await shopper.slot("hero"), await shopper.slot("price")];
  await shopper.go("/c/boots");
  seen.category = await shopper.slot("price");
  await shopper.go("/p/kammweg-mid");
  seen.product = [await shopper.slot("price"), await shopper.slot("shipping")];
  await shopper.click('form[action="/cart/add"] button');
  await shopper.go("/cart");
  seen.cart = await shopper.slot("price");

  await shopper.go("/checkout");
  const address = { email: "anna@example.com", name: "Anna Berger", street: "Hauptstrasse 1", city: "Town", postcode };
  for (const [field, value] of Object.entries(address)) await shopper.page.fill(`#${field}`, value);
  await shopper.page.selectOption("#country", from);
  await shopper.submitOrder();
  assert.match(shopper.path, /^\/thank-you\//);
  seen.thankYou = await shopper.slot("thanks");
  await shopper.page.check('input[name="answer"][value="hiking"]');
  await shopper.click('form[action="/.footlight/answer"] button');

  await shopper.go(shopper.path.replace("thank-you", "orders"));
  seen.tracking = await shopper.slot("care");
  return seen;
}

/** Nothing went wrong, and nothing moved under the shopper's eyes. */
function isSmooth(shopper) {
  assert.deepEqual(shopper.complaints, []);
  const moved = shopper.shifts.filter(([, shift]) => shift > LEAST_VISIBLE_SHIFT);
  assert.deepEqual(moved, []);
}

test("a new shopper from Germany on a phone walks from the landing page to tracking", async () => {
  const shopper = await enter(GERMANY, TODAY);
  await shopper.go("/");
  await shopper.click('button[name="choice"][value="all"]');
  const seen = await walk(shopper, GERMANY);
  assert.match(seen.landing, /behind the house/);
  assert.match(seen.home.join(" "), /since 1987.*short days.*189,90 €/s);
  assert.match(seen.product.join(" "), /^189,90 €.*[Aa]rrives .*24 Nov/);
  assert.equal(seen.cart, "189,90 €");
  assert.match(seen.thankYou, /24 Nov/);
  assert.match(seen.tracking, /Boots/);
  isSmooth(shopper);
  await shopper.leave();
});

test("a shopper from Switzerland on a large screen comes back after a week and walks the same way", async () => {
  const shopper = await enter(SWITZERLAND, WEEK_BEFORE);
  await shopper.go("/?from=CH");
  await shopper.click('button[name="choice"][value="all"]');
  await shopper.go("/c/boots");
  await shopper.setTime(TODAY);
  const seen = await walk(shopper, SWITZERLAND);
  assert.match(seen.home.join(" "), /Welcome back.*short days.*CHF 176\.00/s);
  assert.match(seen.product.join(" "), /^CHF 176\.00.*[Aa]rrives .*25 Nov.*CHF 13\.85/);
  assert.equal(seen.category, "CHF 176.00");
  assert.equal(seen.cart, "CHF 176.00");
  isSmooth(shopper);
  await shopper.leave();
});
