import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { localPath } from "../shop/local-path.js";
import { handle } from "../shop/index.js";
import { shopServer } from "../serve.js";
import { textOf, Visitor } from "./shop.js";

/** Sends what fetch would refuse to send. */
function statusOf(port, options) {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, ...options }, (response) => resolve(response.resume().statusCode)).on("error", reject).end();
  });
}

const HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='x", "</title><script>", "&lt;script&gt;", "\u0000\u202e<b>"];

for (const query of HOSTILE) {
  test(`searching for ${JSON.stringify(query)} shows it as text only`, async () => {
    const text = await textOf(`/search?q=${encodeURIComponent(query)}`);
    const lists = text.replaceAll(/<script type="application\/ld\+json">/g, "");
    assert.doesNotMatch(lists, /<script|<img src=x|<b>\u0000|' onmouseover='x/);
  });
}

test("the address of a page is escaped in the consent form", async () => {
  const text = await textOf('/search?q="><script>alert(1)</script>');
  assert.doesNotMatch(text, /<script>alert/);
});

test("a very long search is cut, not refused", async () => {
  const text = await textOf(`/search?q=${"a".repeat(60_000)}`);
  assert.match(text, new RegExp(`“${"a".repeat(80)}”`));
});

const RETURNS = [
  ["/thank-you/FW-1?x=1", "/thank-you/FW-1?x=1"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/..//evil.example", "/"],
  ["/.//evil.example/x", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\r\nSet-Cookie: x=1", "/aSet-Cookie:%20x=1"],
  ["/\t/evil.example", "/"],
  ["", "/"],
  [null, "/"],
];

for (const [wanted, expected] of RETURNS) {
  test(`a form that asks to return to ${JSON.stringify(wanted)} returns to ${expected}`, () => {
    assert.equal(localPath(wanted, new URL("https://shop.example/consent")), expected);
  });
}

test("each consent choice is stored and takes the banner away", async () => {
  for (const choice of ["all", "analytics", "essential"]) {
    const visitor = new Visitor();
    assert.match(await (await visitor.get("/c/tents")).text(), /class="consent"/);
    const response = await visitor.post("/consent", { choice, return: "/c/tents?sort=rating" });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/c/tents?sort=rating");
    assert.match(response.headers.getSetCookie()[0], /^shop_consent=\w+; Path=\/; Max-Age=15552000; SameSite=Lax; Secure$/);
    assert.equal(visitor.cookies.get("shop_consent"), choice);
    assert.doesNotMatch(await (await visitor.get("/c/tents")).text(), /class="consent"/);
  }
});

test("an unknown consent choice stores nothing", async () => {
  const visitor = new Visitor();
  await visitor.post("/consent", { choice: "all; Domain=evil", return: "/" });
  assert.equal(visitor.cookies.size, 0);
  assert.match(await textOf("/", { shop_consent: "yes" }), /class="consent"/);
});

test("without the edge the shop itself thanks for an answer", async () => {
  const visitor = new Visitor();
  const page = await (await visitor.get("/thank-you/FW-1042")).text();
  assert.match(page, /<form method="post" action="\/\.footlight\/answer">/);
  for (const answer of ["hiking", "climbing", "camping", "running"]) assert.ok(page.includes(`name="answer" value="${answer}"`));
  const response = await visitor.post("/.footlight/answer", { question: "activity", answer: "hiking", return: "/thank-you/FW-1042?answered=1" });
  assert.equal(response.headers.get("location"), "/thank-you/FW-1042?answered=1");
  assert.match(await (await visitor.get("/thank-you/FW-1042?answered=1")).text(), /Thank you, noted/);
});

const REFUSED = [
  ["from another site", { "sec-fetch-site": "cross-site" }, 403],
  ["with a foreign origin", { origin: "https://evil.example" }, 403],
  ["with the origin null", { origin: "null" }, 403],
  ["as JSON", { "content-type": "application/json" }, 415],
];

for (const [how, headers, status] of REFUSED) {
  test(`a form ${how} is refused with ${status}`, async () => {
    const response = await new Visitor().post("/cart/add", { sku: "quell-bottle", colour: "pine" }, headers);
    assert.equal(response.status, status);
    assert.deepEqual(response.headers.getSetCookie(), []);
  });
}

test("a form of a hundred kilobytes is refused", async () => {
  assert.equal((await new Visitor().post("/cart/add", { sku: "x".repeat(100_000) })).status, 413);
});

test("the shop's own forms are accepted", async () => {
  const headers = { origin: "https://shop.example", "sec-fetch-site": "same-origin" };
  assert.equal((await new Visitor().post("/cart/add", { sku: "quell-bottle", colour: "pine" }, headers)).status, 303);
});

const BAD_COOKIES = ["", ";;;", "=", "shop_cart", "shop_cart=%E0%A4%A", 'shop_cart="', "shop_consent=%", `x=${"y".repeat(100_000)}`, "shop_cart=%00%ff", "__proto__=1; constructor=2"];

for (const cookie of BAD_COOKIES) {
  test(`the cookie header ${JSON.stringify(cookie.slice(0, 30))} leads to an ordinary page`, async () => {
    for (const path of ["/", "/cart", "/orders/FW-1042"]) {
      const response = await handle(new Request(`https://shop.example${path}`, { headers: { cookie } }));
      assert.equal(response.status, 200, path);
    }
  });
}

test("only a page for nobody in particular may be shared", async () => {
  const cases = [
    ["/", {}, "public, max-age=60"],
    ["/c/boots", {}, "public, max-age=60"],
    ["/", { unrelated: "1" }, "public, max-age=60"],
    ["/", { shop_consent: "all" }, "private, no-cache"],
    ["/p/windfang", { shop_cart: "quell-bottle.pine:1" }, "private, no-cache"],
    ["/cart", {}, "private, no-store"],
    ["/orders/FW-1042", {}, "private, no-store"],
    ["/nope", {}, "private, no-cache"],
  ];
  for (const [path, cookies, expected] of cases) {
    const { headers } = await new Visitor(cookies).get(path);
    assert.equal(headers.get("cache-control"), expected, path);
    assert.equal(headers.get("vary"), "Cookie", path);
    assert.equal(headers.has("etag"), expected.startsWith("public"), path);
  }
});

test("a known page is answered with 304, also by a weakened validator", async () => {
  const etag = (await new Visitor().get("/")).headers.get("etag");
  for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const response = await new Visitor().get("/", { "if-none-match": sent });
    assert.equal(response.status, 304, sent);
    assert.equal(await response.text(), "");
  }
  assert.equal((await new Visitor().get("/", { "if-none-match": '"other"' })).status, 200);
});

test("the Node server serves pages and files, and nothing outside of the assets", async (context) => {
  const server = shopServer().listen(0, "127.0.0.1");
  context.after(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  const at = (path) => fetch(`http://127.0.0.1:${port}${path}`);
  assert.match(await (await at("/c/jackets")).text(), /<\/html>\n$/);
  const css = await at("/assets/shop.css");
  assert.equal(css.headers.get("content-type"), "text/css; charset=utf-8");
  assert.ok((await css.arrayBuffer()).byteLength < 25 * 1024);
  assert.equal(await statusOf(port, { method: "TRACE" }), 400);
  assert.equal(await statusOf(port, { path: "http://[/" }), 400);
  assert.equal(await statusOf(port, { method: "POST", path: "/assets/shop.css" }), 405);
  for (const path of ["/assets/none.css", "/assets/..%2f..%2fserve.js", "/assets/%2e%2e/%2e%2e/serve.js", "/assets/"]) {
    const response = await at(path);
    assert.equal(response.status, 404, path);
  }
});
