// A merchandiser tries rules in Chromium, through `footlight serve` in front of the demo shop.

import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { shopServer } from "../../www/serve.js";
import { startServe } from "../e2e/harness/serve.js";
import { DESKTOP, launch, PHONE, Shopper } from "./shopper.js";

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36";
const ON_THE_PHONE = CHROME.replace("Windows NT 10.0; Win64; x64", "Linux; Android 15; Pixel 9").replace("Safari", "Mobile Safari");

let browser, shop, serve, rules;
before(async () => {
  rules = mkdtempSync(join(tmpdir(), "footlight-rules-"));
  cpSync(new URL("../../rules", import.meta.url), rules, { recursive: true });
  shop = shopServer().listen(0, "127.0.0.1");
  await once(shop, "listening");
  const origin = `http://127.0.0.1:${shop.address().port}`;
  serve = await startServe({ origin, rules, args: ["--country", "CH", "--at", "2026-11-20T11:00:00Z"] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  assert.equal(await serve?.stop(), 0);
  shop?.closeAllConnections();
  shop?.close();
  rmSync(rules, { recursive: true });
});

const toggle = (shopper) => shopper.page.locator("footlight-panel button.toggle");
const panel = (shopper) => shopper.page.locator("footlight-panel #panel");

/** Rewrites a file of the rules; gives back what puts it back. */
function change(file, from, to) {
  const path = join(rules, file);
  const before = readFileSync(path, "utf8");
  assert.ok(before.includes(from), `${file} has ${from}`);
  writeFileSync(path, before.replace(from, to));
  return () => writeFileSync(path, before);
}

function isSmooth(shopper) {
  // A page that goes stops listening for changes, which browsers call an abort.
  assert.deepEqual(shopper.complaints.filter((complaint) => !complaint.includes("/serve/events: net::ERR_ABORTED")), []);
  assert.deepEqual(shopper.shifts.filter(([, shift]) => shift > 0.001), []);
}

for (const [name, options] of [
  ["serve-light", { ...DESKTOP, userAgent: CHROME }],
  ["serve-dark", { ...DESKTOP, userAgent: CHROME, colorScheme: "dark" }],
  ["serve-phone", { ...PHONE, userAgent: ON_THE_PHONE, colorScheme: "dark" }],
]) {
  test(`${name}: the panel says who won which slot, and why`, async () => {
    const shopper = await Shopper.enter(browser, name, serve.url, options);
    assert.match(await shopper.go("/"), /^personalized/);
    assert.match(await shopper.slot("price"), /^CHF/);
    await toggle(shopper).click();
    assert.equal(await toggle(shopper).getAttribute("aria-expanded"), "true");
    const text = (await panel(shopper).innerText()).replace(/\s+/g, " ");
    assert.match(text, /prices-local won: the visitor is in its segment\./);
    assert.match(text, /market\.id 'switzerland'/);
    assert.match(text, /Stage homepage/);
    // It stays open from page to page, and nothing moves.
    await shopper.go("/c/boots");
    assert.ok(await panel(shopper).isVisible());
    const width = await shopper.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, "the page is not wider than it was");
    isSmooth(shopper);
    await shopper.leave();
  });
}

test("the panel is used by keyboard alone", async () => {
  const shopper = await Shopper.enter(browser, "serve-keyboard", serve.url, { ...DESKTOP, userAgent: CHROME });
  await shopper.go("/");
  const { keyboard } = shopper.page;
  // It stands behind the page, so that it is what comes first when going backwards.
  await keyboard.press("Shift+Tab");
  const focused = () => shopper.page.evaluate(() => document.querySelector("footlight-panel").shadowRoot.activeElement?.className);
  assert.equal(await focused(), "toggle");
  await keyboard.press("Enter");
  assert.ok(await panel(shopper).isVisible());
  await keyboard.press("Tab");
  assert.equal(await focused(), "show", "the first button in the panel");
  await keyboard.press("Escape");
  assert.ok(await panel(shopper).isHidden());
  assert.equal(await focused(), "toggle");
  isSmooth(shopper);
  await shopper.leave();
});

test("a saved rule is seen at once, a mistake is shown as `check` shows it, and the last good page stays", async () => {
  const shopper = await Shopper.enter(browser, "serve-save", serve.url, { ...DESKTOP, userAgent: CHROME });
  await shopper.go("/");
  const reloaded = shopper.page.waitForEvent("load");
  const undo = change("everywhere.toml", "Prices in {{", "All prices in {{");
  await reloaded;
  await shopper.page.waitForLoadState("networkidle");
  assert.equal(await shopper.slot("currency"), "All prices in CHF");

  change("everywhere.toml", 'slot = "currency"', 'slot = "curency"');
  await toggle(shopper).locator("text=1 error").waitFor();
  await toggle(shopper).click();
  const text = await panel(shopper).locator("pre").innerText();
  assert.match(text, /error\[unknown-slot\]: there is no slot `curency`\n +--> .*everywhere\.toml:\d+:\d+\n/);
  assert.match(text, /help: did you mean `currency`\?/);
  await shopper.page.screenshot({ path: new URL("../../target/screenshots/serve-error.png", import.meta.url).pathname });

  const mended = shopper.page.waitForEvent("load");
  undo();
  await mended;
  await shopper.page.waitForLoadState("networkidle");
  assert.equal(await toggle(shopper).locator("text=error").count(), 0);
  isSmooth(shopper);
  await shopper.leave();
});

test("the shop is walked through as somebody else, until one is oneself again", async () => {
  const shopper = await Shopper.enter(browser, "serve-somebody", serve.url, { ...DESKTOP, userAgent: CHROME });
  await shopper.go("/");
  await toggle(shopper).click();
  const form = panel(shopper).locator("form");
  await form.getByLabel("Country").fill("jp");
  await form.getByLabel("Device").selectOption("phone");
  await form.getByLabel("Visitor").selectOption("true");
  await form.getByLabel("Campaign source").fill("newsletter");
  await Promise.all([shopper.page.waitForEvent("load"), form.getByRole("button", { name: "See it" }).click()]);
  await shopper.page.waitForLoadState("networkidle");
  assert.match(await shopper.slot("price"), /[¥￥]/);
  assert.match(shopper.page.url(), /utm_source=newsletter/);
  assert.match(await panel(shopper).innerText(), /somebody else: country:JP, device:phone, returning:true/);
  await shopper.go("/c/boots");
  assert.match(await shopper.slot("price"), /[¥￥]/);
  await Promise.all([shopper.page.waitForEvent("load"), panel(shopper).getByRole("button", { name: "Be myself again" }).click()]);
  await shopper.page.waitForLoadState("networkidle");
  assert.match(await shopper.slot("price"), /^CHF/);
  isSmooth(shopper);
  await shopper.leave();
});

test("Chromium keeps the profile's cookie on http://localhost", async () => {
  const shopper = await Shopper.enter(browser, "serve-profile", serve.url, { ...DESKTOP, userAgent: CHROME });
  await shopper.context.addCookies([{ name: "shop_consent", value: "all", url: serve.url }]);
  await shopper.go("/c/boots");
  const cookies = await shopper.context.cookies();
  const profile = cookies.find(({ name }) => name === "__Host-footlight");
  assert.ok(profile?.secure && profile.httpOnly);
  await shopper.go("/p/kammweg-mid");
  await toggle(shopper).click();
  assert.match((await panel(shopper).innerText()).replace(/\s+/g, " "), /visitor\./);
  isSmooth(shopper);
  await shopper.leave();
});

test("links that name the shop's own address stay in the preview", async () => {
  const shopper = await Shopper.enter(browser, "serve-links", serve.url, { ...DESKTOP, userAgent: CHROME });
  await shopper.go("/");
  const own = `http://127.0.0.1:${shop.address().port}`;
  await shopper.page.evaluate((own) => {
    const link = document.createElement("a");
    link.href = `${own}/c/boots`;
    link.id = "absolute";
    link.textContent = "Boots";
    document.querySelector("main").prepend(link);
  }, own);
  await shopper.click("#absolute");
  assert.equal(shopper.page.url(), `${serve.url}/c/boots`);
  await shopper.leave();
});
