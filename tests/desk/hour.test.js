// A merchandiser's hour with the command: from nothing to a rule that shoppers see, and back. What was typed and what came
// is kept in target/desk/transcript.txt; rules/README.md shows it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESKTOP, launch, Shopper } from "../browser/shopper.js";
import { Desk } from "./desk.js";
import { startDemo } from "./demo.js";

const LETTER = "/?utm_medium=email&utm_campaign=november";
const OLD = "What we wrote to you about";
const NEW = "The kit of our November letter";

let desk, demo, browser;
before(async () => {
  desk = new Desk();
  desk.run("keygen", "ours.key");
  demo = await startDemo(desk.publicKey);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  desk?.finish();
});

/** Headless browsers say that they are, and bots get the default page. */
const READER = { ...DESKTOP, userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36" };

/** The headline that a reader of the newsletter finds in the hero. */
async function headline(url, name) {
  const shopper = await Shopper.enter(browser, name, url, READER);
  await shopper.go(LETTER);
  const found = await shopper.slot("hero");
  assert.deepEqual(shopper.complaints, []);
  await shopper.leave();
  return found;
}

/** Waits until the running worker has taken a release: the time that took, in milliseconds. */
async function visible(what, deadline = 30_000) {
  const start = performance.now();
  for (;;) {
    // `wrangler dev` closes connections when it likes.
    const page = await fetch(demo.url + LETTER, { headers: { "user-agent": "Firefox/144.0" } }).then((response) => response.text(), () => "");
    if (page.includes(what)) return performance.now() - start;
    assert.ok(performance.now() - start < deadline, `the page does not say “${what}”`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("new: a site that compiles, from the shop's addresses", () => {
  const paths = ["/", "/l/winter-hiking", "/c/boots", "/c/jackets", "/p/kammweg-mid", "/cart", "/checkout", "/returns"];
  desk.write("addresses.txt", paths.map((path) => `https://firnwald.example${path}\n`).join(""));
  assert.match(desk.run("new", "shop", "--from-url-list", "addresses.txt"), /2 {2}\/c\/:category +category/);
  desk.say("the shop's consent banner has a cookie of its own: in shop/site.toml, [consent] cookie = \"shop_consent\"");
  desk.edit("shop/site.toml", 'cookie = "consent"', 'cookie = "shop_consent"');
  desk.edit("shop/tests/homepage.toml", "cookies = { consent =", "cookies = { shop_consent =");
});

test("check: three mistakes are found at once, each with what to write instead", () => {
  desk.say("a first version of the rule, with three mistakes in it");
  const right = desk.read("shop/homepage.toml");
  desk.edit("shop/homepage.toml", 'segment = "newsletter-readers"', 'segment = "newsleter-readers"');
  desk.edit("shop/homepage.toml", 'kind = "recognize"', 'kind = "recognise"');
  const segments = desk.read("shop/segments.toml");
  desk.edit("shop/segments.toml", "traffic.medium ==", "trafic.medium ==");
  const found = desk.run({ code: 1 }, "check", "--rules", "shop");
  assert.match(found, /newsletter-readers/);
  assert.match(found, /`?recognize`?/);
  assert.match(found, /traffic\.medium/);
  assert.match(found, /3 errors/);
  desk.write("shop/homepage.toml", right);
  desk.write("shop/segments.toml", segments);
  desk.say("all three put right");
  assert.match(desk.run("check", "--rules", "shop"), /^ok: 2 rules/m);
});

test("test and explain: what visitors get, and why", () => {
  assert.match(desk.run("test", "--rules", "shop"), /3 cases passed, 0 failed/);
  assert.match(desk.run("explain", LETTER, "--rules", "shop"), /home-hero-newsletter/);
});

test("serve: the shop's own pages with the rules, on this machine", async () => {
  const preview = await desk.serve("serve", "--origin", demo.shop, "--rules", "shop", "--port", "0");
  try {
    assert.match(await headline(preview.url, "desk-serve"), new RegExp(OLD));
  } finally {
    await preview.stop();
  }
});

test("simulate: what the rules come to with last week's visitors", () => {
  desk.write("last-week.log", log());
  assert.match(desk.run("simulate", "last-week.log", "--rules", "shop"), /home-hero-newsletter/);
});

test("push, diff, push: the running demo shows it", async () => {
  desk.run("push", "kv:FOOTLIGHT", "--rules", "shop", "--key", "ours.key", "-m", "first rules");
  await visible(OLD);
  desk.say(`another headline in shop/homepage.toml: “${NEW}”`);
  desk.edit("shop/homepage.toml", `headline = "${OLD}"`, `headline = "${NEW}"`);
  desk.edit("shop/tests/homepage.toml", OLD, NEW);
  assert.match(desk.run("diff", "live:kv:FOOTLIGHT", "shop", "--log", "last-week.log"), /home-hero-newsletter/);
  desk.run("push", "kv:FOOTLIGHT", "--rules", "shop", "--key", "ours.key", "-m", "the letter's own words");
  const took = await visible(NEW);
  desk.say(`to be seen ${(took / 1000).toFixed(1)} s after the push (the demo looks every 5 s)`);
  assert.match(await headline(demo.url, "desk-pushed"), new RegExp(NEW));
  desk.run("status", "kv:FOOTLIGHT", "--rules", "shop");
});

test("rollback: gone again", async () => {
  desk.run("rollback", "kv:FOOTLIGHT", "--key", "ours.key", "-m", "the letter is not out yet");
  await visible(OLD);
  assert.match(await headline(demo.url, "desk-rolled-back"), new RegExp(OLD));
  assert.match(desk.run("history", "kv:FOOTLIGHT"), /the letter is not out yet/);
});

/** A week of requests in the combined log format. */
function log() {
  const agents = ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0"];
  const paths = ["/", "/c/boots", "/p/kammweg-mid", "/?utm_medium=email&utm_campaign=november", "/cart", "/c/jackets"];
  const start = Date.UTC(2026, 10, 9);
  const lines = Array.from({ length: 5000 }, (_, index) => {
    const visitor = (index * 7919) % 900;
    const at = new Date(start + index * 120_000);
    const [, month, day, year, time] = /^\w+ (\w+) (\d+) (\d+) ([\d:]+)/.exec(at.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) /, "$1 $3 $2 $4 "));
    const path = paths[(index + (visitor >> 2)) % paths.length];
    const address = `192.0.2.${visitor % 250}`;
    return `${address} - - [${day}/${month}/${year}:${time} +0000] "GET ${path} HTTP/2.0" 200 5120 "-" "${agents[visitor % 2]} v${visitor}"`;
  });
  return `${lines.join("\n")}\nthis line is no request\n`;
}
