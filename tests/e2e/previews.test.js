import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { PREVIEW_KEY, startWorker } from "./harness/worker.js";

const PAGE = `<html><body><p data-footlight-slot="note"></p><div id="hero">Hello</div>
<span data-footlight-slot="price" data-amount="100">100,00 €</span></body></html>`;
const PRODUCT = '<html><body data-stock="3"><p data-footlight-slot="stock"></p></body></html>';

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token, made here from its description alone. */
function token(site = "teststage", expires = inAnHour(), key = PREVIEW_KEY) {
  const mac = createHmac("sha256", Buffer.from(key, "base64url")).update(`footlight preview\n${site}\n${expires}`);
  return `${site}.${expires}.${mac.digest("base64url")}`;
}

let origin, worker;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE, { "cache-control": "public, max-age=60" }), "/p/boot": body(PRODUCT) });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const preview = (path, query, headers = {}) =>
  get(`${worker.url}${path}?${new URLSearchParams({ "footlight-token": token(), ...query })}`, { headers });

test("a preview shows the page as another visitor sees it, is kept by nobody, counted nowhere and remembered never", async () => {
  await worker.events();
  const response = await preview("/", { "footlight-as": "country:CH,returning:true" }, { cookie: "consent=all" });
  assert.match(response.text, /CHF\u00a094\.30/);
  assert.match(response.text, /Welcome back/);
  assert.equal(response.headers["cache-control"], "private, no-store");
  assert.equal(response.headers["x-robots-tag"], "noindex");
  assert.equal(response.headers["set-cookie"], undefined);
  assert.deepEqual(await worker.events(), []);
  assert.equal(origin.requests.at(-1).url, "/", "the shop saw what is between visitor and worker");
});

test("a rule can be forced into a preview", async () => {
  const { text } = await preview("/", { "footlight-as": "country:US,rule:home-hero-germany" });
  assert.match(text, /Grüße/);
});

test("a token in a cookie opens previews too", async () => {
  const { text } = await get(`${worker.url}/?footlight-as=country:DE`, { headers: { cookie: `footlight-token=${token()}` } });
  assert.match(text, /Grüße/);
});

test("explain says why, from the same evaluation, with the page's own facts", async () => {
  const response = await preview("/p/boot", { footlight: "explain" }, { "x-country": "DE" });
  assert.equal(response.headers["cache-control"], "private, no-store");
  const { stage, slots, explanation } = JSON.parse(response.text);
  assert.equal(stage, "product");
  assert.equal(slots[0].edits[0].html, "Only 3 left");
  assert.deepEqual(
    explanation.rules.map(({ id, outcome }) => ({ id, outcome })),
    [{ id: "product-scarce", outcome: "won" }],
  );
  const { known, value } = explanation.signals.find(({ name }) => name === "page.stock");
  assert.deepEqual({ known, value }, { known: true, value: "3" });
});

test("decide explains with a token", async () => {
  const { explanation } = JSON.parse((await preview("/.footlight/decide", { url: "/" })).text);
  assert.ok(explanation.rules.length > 0);
});

const REFUSED = [
  ["no token", {}, 401, "no-token"],
  ["a forged token", { "footlight-token": token().replace(/\.(.)(?=[^.]*$)/, (_, first) => (first === "A" ? ".B" : ".A")) }, 403, "token-forged"],
  ["a token with a later expiry", { "footlight-token": token().replace(/\.\d+\./, `.${inAnHour() + 9999}.`) }, 403, "token-forged"],
  ["a token made with another key", { "footlight-token": token("teststage", inAnHour(), "AAAA") }, 403, "token-forged"],
  ["an expired token", { "footlight-token": token("teststage", inAnHour() - 7200) }, 403, "token-expired"],
  ["a token for another site", { "footlight-token": token("elsewhere") }, 403, "token-other-site"],
  ["a token that is none", { "footlight-token": "x" }, 403, "token-forged"],
];
for (const [what, query, status, error] of REFUSED) {
  test(`${what} opens nothing`, async () => {
    for (const wanted of [{ footlight: "explain" }, { "footlight-as": "country:DE" }]) {
      const before = origin.requests.length;
      const response = await get(`${worker.url}/?${new URLSearchParams({ ...query, ...wanted })}`);
      assert.equal(response.status, status);
      assert.equal(JSON.parse(response.text).error, error);
      assert.equal(response.headers["cache-control"], "private, no-store");
      assert.equal(origin.requests.length, before);
    }
  });
}

test("a description that cannot be read is refused with what is wrong with it", async () => {
  for (const [as, message] of [
    ["shoe:42", /`shoe`/],
    ["device:toaster", /`device` cannot be `toaster`/],
    ["rule:none-such", /`rule` cannot be `none-such`/],
  ]) {
    const response = await preview("/", { "footlight-as": as });
    assert.equal(response.status, 400);
    const said = JSON.parse(response.text);
    assert.equal(said.error, "bad-preview");
    assert.match(said.message, message);
  }
  const { text } = await get(`${worker.url}/`, { headers: { "x-country": "DE" } });
  assert.match(text, /Grüße/, "the next request is not fine");
});
