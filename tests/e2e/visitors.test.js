import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, pieces, startOrigin } from "./harness/origin.js";
import { keyId, remade } from "./harness/profile-cookie.js";
import { COOKIE_KEY, startWorker } from "./harness/worker.js";

const PAGE = '<html><body><p data-footlight-slot="note"></p><div id="hero">Hello</div></body></html>';
const product = (stock) => `<html><head><title>x</title></head><body><p data-footlight-slot="stock"></p><i data-stock="${stock}"></i></body></html>`;
const CONSENT = "consent=all";

let origin, worker;

before(async () => {
  origin = await startOrigin({
    "/": body(PAGE, { "cache-control": "public, s-maxage=600, max-age=60", "cdn-cache-control": "max-age=600" }),
    "/p/few": body(product(3)),
    "/p/many": body(product(30)),
    "/p/slow": pieces([[0, "<html><body><p data-footlight-slot=stock></p>"], [20, '<i data-stock="2"></i></body></html>']]),
    "/p/slower": pieces([[0, "<html><body><p data-footlight-slot=stock></p>"], [400, '<i data-stock="2"></i></body></html>']]),
  });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const visit = (path, headers) => get(worker.url + path, { headers });
const profileOf = (response) => response.headers["set-cookie"]?.find((cookie) => cookie.startsWith("__Host-footlight="))?.split(";")[0];

test("a visitor who consents gets a profile, and the response stays with that visitor", async () => {
  const response = await visit("/", { cookie: CONSENT });
  assert.match(profileOf(response), /^__Host-footlight=[\w-]{60,}$/);
  assert.equal(response.headers["cache-control"], "private, max-age=60");
  assert.equal(response.headers["cdn-cache-control"], undefined);
});

for (const [who, headers] of [
  ["without a choice", {}],
  ["who refused", { cookie: "consent=essential" }],
  ["whose browser refuses", { cookie: CONSENT, "sec-gpc": "1" }],
  ["that is a bot", { cookie: CONSENT, "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
  ["that only prefetches", { cookie: CONSENT, "sec-purpose": "prefetch" }],
]) {
  test(`a visitor ${who} gets no profile`, async () => {
    assert.equal(profileOf(await visit("/", headers)), undefined);
  });
}

test("bots get the origin's page, whatever rules say", async () => {
  const response = await visit("/", { "x-country": "DE", "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
  assert.equal(response.text, PAGE);
  assert.match(response.headers["footlight-status"], /^default; reason=bot/);
});

test("what is shown is counted once, with what it was; prefetches are not", async () => {
  await worker.events();
  await visit("/", { "x-country": "DE" });
  await visit("/", { "x-country": "DE", "sec-purpose": "prefetch;prerender" });
  await visit("/", { "x-country": "US" });
  const events = await worker.events();
  assert.deepEqual(events.map(({ type, stage, rules }) => ({ type, stage, rules })), [
    { type: "exposure", stage: "homepage", rules: ["home-hero-germany"] },
  ]);
});

test("two visitors have two profiles", async () => {
  const [one, other] = [await visit("/", { cookie: CONSENT }), await visit("/", { cookie: CONSENT })];
  assert.notEqual(profileOf(one), profileOf(other));
});

for (const [what, cookie] of [
  ["forged", `__Host-footlight=${"A".repeat(120)}`],
  ["no base64", "__Host-footlight=%%%"],
  ["empty", "__Host-footlight="],
  ["far too long", `__Host-footlight=${"A".repeat(15_000)}`],
]) {
  test(`a profile cookie that is ${what} is that of a new visitor`, async () => {
    const response = await visit("/", { cookie: `${CONSENT}; ${cookie}`, "x-country": "DE" });
    assert.equal(response.status, 200);
    assert.match(response.text, /Gr/);
    assert.ok(profileOf(response), "no new profile");
  });
}

test("a profile that was changed by one character is that of a new visitor", async () => {
  const genuine = profileOf(await visit("/", { cookie: CONSENT }));
  const at = genuine.length - 20;
  const changed = genuine.slice(0, at) + (genuine[at] === "A" ? "B" : "A") + genuine.slice(at + 1);
  assert.ok(profileOf(await visit("/", { cookie: `${CONSENT}; ${changed}` })));
  assert.equal(profileOf(await visit("/", { cookie: `${CONSENT}; ${genuine}` })), undefined, "the genuine one is not read");
});

test("a profile that is cut, of another key or of another version is that of a new visitor", async () => {
  const genuine = profileOf(await visit("/", { cookie: CONSENT }));
  const isNew = async (cookie) => {
    const response = await visit("/", { cookie: `${CONSENT}; ${cookie}`, "x-country": "DE" });
    assert.match(response.text, /Grüße/);
    return profileOf(response) !== undefined;
  };
  assert.equal(await isNew(remade(genuine, COOKIE_KEY)), false, "the tests authenticate otherwise than the worker");
  for (const length of [1, 2, 20, 43, genuine.length - 20]) assert.ok(await isNew(genuine.slice(0, -length)), `cut by ${length}`);

  const otherKey = Buffer.alloc(32, 9).toString("base64url");
  const withVersion = (version) => (bytes) => Buffer.from([version, ...bytes.subarray(1)]);
  const withKey = (bytes) => Buffer.from([bytes[0], keyId(otherKey), ...bytes.subarray(2)]);
  assert.ok(await isNew(remade(genuine, otherKey)), "another key under the id of the right one");
  assert.ok(await isNew(remade(genuine, otherKey, withKey)), "another key");
  for (const version of [0, 1, 255]) assert.ok(await isNew(remade(genuine, COOKIE_KEY, withVersion(version))), `version ${version}`);
  const cutInside = (bytes) => bytes.subarray(0, bytes.length - 5);
  assert.ok(await isNew(remade(genuine, COOKIE_KEY, cutInside)), "genuine, but no profile");
});

test("cookies of 100 KB cost nobody the page", async () => {
  const response = await visit("/", { cookie: `${CONSENT}; __Host-footlight=${"A".repeat(100_000)}`, "x-country": "DE" });
  assert.equal(response.status, 200);
  assert.match(response.text, /Grüße/);
});

test("what the page says of itself decides, wherever it stands in the beginning", async () => {
  const germany = { "x-country": "DE" };
  assert.match((await visit("/p/few", germany)).text, /Only 3 left/);
  assert.doesNotMatch((await visit("/p/many", germany)).text, /Only/);
  assert.match((await visit("/p/slow", germany)).text, /Only 2 left/);
  const slower = await visit("/p/slower", germany);
  assert.doesNotMatch(slower.text, /Only/, "the visitor waited for the page's end");
  assert.match(slower.text, /data-stock="2"/);
});
