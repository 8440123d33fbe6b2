import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const PAGE = '<html><body><p data-footlight-slot="note"></p></body></html>';
const CONSENT = "consent=all";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };

let origin, worker;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE), "/c/boots": body(PAGE) });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const call = (path, options) => get(`${worker.url}/.footlight/${path}`, options);
const post = (fields, headers = {}) =>
  call("answer", { method: "POST", headers: { ...FORM, cookie: CONSENT, ...headers }, body: new URLSearchParams(fields).toString() });
const ANSWER = { question: "activity", answer: "hiking", return: "/c/boots?answered=1" };

/** A refusal changes nothing, is kept by nobody and says why, to programs and to people. */
function isRefusal(response, status, error) {
  assert.equal(response.status, status, response.text);
  const said = JSON.parse(response.text);
  assert.equal(said.error, error);
  assert.ok(said.message.length > 10);
  assert.equal(response.headers["cache-control"], "private, no-store");
  assert.equal(response.headers["set-cookie"], undefined);
}

test("decide says what a visitor gets at a URL of the site, as JSON that nobody keeps", async () => {
  const response = await call("decide?url=/", { headers: { "x-country": "DE" } });
  assert.equal(response.status, 200);
  assert.equal(response.headers["content-type"], "application/json; charset=utf-8");
  assert.equal(response.headers["cache-control"], "private, no-store");
  const { stage, market, slots, explanation } = JSON.parse(response.text);
  assert.deepEqual({ stage, market }, { stage: "homepage", market: "home" });
  assert.deepEqual(slots, [
    {
      slot: "hero",
      rule: "home-hero-germany",
      edits: [{ selector: "#hero", change: "insert", place: "inner", html: "<h1>Grüße nach Deutschland</h1>" }],
    },
  ]);
  assert.equal(explanation, undefined, "reasons are for those with a token");
});

test("decide without a URL is about the page that asks", async () => {
  const { stage } = JSON.parse((await call("decide", { headers: { referer: `${worker.url}/c/boots` } })).text);
  assert.equal(stage, "category");
});

test("decide refuses other methods and other sites", async () => {
  isRefusal(await call("decide?url=/", { method: "POST" }), 405, "method");
  isRefusal(await call("decide?url=https://elsewhere.example/"), 400, "url");
  isRefusal(await call("decide?url=//elsewhere.example/"), 400, "url");
  isRefusal(await call("decide?url=http://[broken"), 400, "url");
  isRefusal(await call("decide", { headers: { referer: "https://elsewhere.example/" } }), 400, "url");
});

test("there are no other endpoints, and the shop is not asked for them", async () => {
  const before = origin.requests.length;
  isRefusal(await call("nothing"), 404, "unknown-endpoint");
  isRefusal(await call(""), 404, "unknown-endpoint");
  assert.equal(origin.requests.length, before);
});

test("an answer from a form goes into the profile and leads back, and the next page knows it", async () => {
  const response = await post(ANSWER, { "sec-fetch-site": "same-origin", origin: worker.url });
  assert.equal(response.status, 303);
  assert.equal(response.headers.location, "/c/boots?answered=1");
  assert.equal(response.headers["cache-control"], "private, no-store");
  const [cookie] = response.headers["set-cookie"];
  assert.match(cookie, /^__Host-footlight=[\w-]+; Path=\/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax$/);

  const headers = { cookie: `${CONSENT}; ${cookie.split(";")[0]}` };
  const page = await get(`${worker.url}/c/boots`, { headers });
  assert.match(page.text, /For your next hike/);
  assert.match(page.headers["cache-control"], /private/);
});

test("an answer as JSON is answered as JSON", async () => {
  const { question, answer } = ANSWER;
  const options = { method: "POST", headers: { ...JSON_TYPE, cookie: CONSENT }, body: JSON.stringify({ question, answer }) };
  const response = await call("answer", options);
  assert.equal(response.status, 200);
  assert.deepEqual(JSON.parse(response.text), { taken: true });
  assert.equal(response.headers["set-cookie"].length, 1);
});

test("a form never leads to another site", async () => {
  for (const to of ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "x", "/\t/elsewhere.example"]) {
    const response = await post({ ...ANSWER, return: to });
    assert.equal(response.status, 303);
    const there = new URL(response.headers.location, worker.url);
    assert.equal(there.origin, worker.url, to);
    assert.ok(response.headers.location.startsWith("/") && !response.headers.location.startsWith("//"), to);
  }
});

test("answers from other sites are refused", async () => {
  isRefusal(await post(ANSWER, { "sec-fetch-site": "cross-site" }), 403, "cross-site");
  isRefusal(await post(ANSWER, { "sec-fetch-site": "same-site" }), 403, "cross-site");
  isRefusal(await post(ANSWER, { origin: "https://elsewhere.example" }), 403, "cross-site");
  isRefusal(await post(ANSWER, { origin: "null" }), 403, "cross-site");
});

test("what is no answer is refused with the reason", async () => {
  isRefusal(await call("answer"), 405, "method");
  isRefusal(await post({ ...ANSWER, question: "shoe-size" }), 404, "unknown-question");
  isRefusal(await post({ ...ANSWER, answer: "sleeping" }), 400, "unknown-answer");
  isRefusal(await post({}), 404, "unknown-question");
  isRefusal(await post({ ...ANSWER, more: "x".repeat(4096) }), 413, "too-long");
  isRefusal(await post(ANSWER, { "content-type": "text/plain" }), 415, "content-type");
  for (const json of ["{", "[]", "null", '{"question": 1, "answer": "hiking"}']) {
    isRefusal(await call("answer", { method: "POST", headers: { ...JSON_TYPE, cookie: CONSENT }, body: json }), 415, "content-type");
  }
});

test("a body without a length is not read beyond the limit", async () => {
  const response = await fetch(`${worker.url}/.footlight/answer`, {
    method: "POST",
    headers: { ...FORM, cookie: CONSENT },
    body: new Blob(["x".repeat(5_000)]).stream(),
    duplex: "half",
  });
  assert.equal(response.status, 413);
});

test("without consent, or against it, nothing is remembered", async () => {
  isRefusal(await post(ANSWER, { cookie: "" }), 403, "no-consent");
  isRefusal(await post(ANSWER, { cookie: "consent=essential" }), 403, "no-consent");
  isRefusal(await post(ANSWER, { "sec-gpc": "1" }), 403, "no-consent");
});
