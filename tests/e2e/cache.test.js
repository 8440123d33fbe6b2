// Pages that visitors share who have the same variant key: kept in the runtime's cache, and only what may be kept.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { get, open } from "./harness/http.js";
import { body, pieces, startOrigin } from "./harness/origin.js";
import { nameOf, Publisher, putInto, rewritten } from "./harness/release.js";
import { PREVIEW_KEY, startWorker } from "./harness/worker.js";

const SWITZERLAND = { "x-country": "CH" };
const BRITAIN = { "x-country": "GB" };
const PHONE = { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1" };
const CONSENT = { cookie: "consent=all" };
const SHARED = { "cache-control": "public, s-maxage=600, max-age=60", etag: '"origin"', "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT" };
const FRANCS = "CHF\u00a094.30";
const POUNDS = "£85.32";

const PAGE = `<html><body data-stock="3"><div id="hero">Hello</div><p data-footlight-slot="note"></p>
<p data-footlight-slot="hint"></p><b data-footlight-slot="price" data-amount="100">100,00 €</b><i>end</i></body></html>`;
const LARGE = PAGE + "<p>more</p>".repeat(500_000);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the origin answers, chosen by the header `x-page`; without one, a page that may be shared. */
const PAGES = {
  gzip: body(gzipSync(PAGE), { ...SHARED, "content-encoding": "gzip" }),
  large: body(LARGE, SHARED),
  slow: pieces([[0, PAGE.slice(0, 120)], [300, PAGE.slice(120)]], SHARED),
  "breaks off": (_, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-length": "1000", ...SHARED });
    response.write(PAGE);
    setTimeout(() => response.destroy(), 50);
  },
  "server error": body(PAGE, SHARED, 500),
  json: body("{}", { ...SHARED, "content-type": "application/json" }),
};

let origin, worker;

before(async () => {
  const answer = (request, response) => {
    const said = request.headers["x-origin-says"];
    const named = PAGES[request.headers["x-page"]] ?? body(PAGE, said ? JSON.parse(said) : SHARED);
    named(request, response);
  };
  const paths = ["/", "/c/boots", "/p/boot", "/cart", "/checkout", "/thank-you", "/l/winter", "/orders/1", "/elsewhere"];
  origin = await startOrigin(Object.fromEntries(paths.map((path) => [path, answer])));
  worker = await startWorker({ script: "tests/e2e/shared-worker.js", origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

let fresh = 0;
/** A URL that nobody has asked for yet. */
const somewhere = (path = "/c/boots") => `${worker.url}${path}?sort=${++fresh}`;
const puts = async () => (await fetch(`${worker.url}/test/puts`)).json();

/** A visit; what it says of the cache; and how often the origin was asked. */
async function visit(url, headers = SWITZERLAND, options = {}) {
  const before = origin.requests.length;
  const response = await get(url, { ...options, headers });
  const [, cache] = /; cache=(\w+)/.exec(response.headers["footlight-status"] ?? "") ?? [];
  return { ...response, cache, asked: origin.requests.length - before };
}

/** A visit that is over also for the cache: the worker writes when the visitor has everything. */
async function first(url, headers, options) {
  const response = await visit(url, headers, options);
  while ((await (await fetch(`${worker.url}/test/pending`)).json()) > 0) await pause(5);
  return response;
}

test("each variant of a page comes from the origin once, and then from the cache, byte for byte", async () => {
  const url = somewhere();
  const kinds = [[SWITZERLAND, FRANCS], [BRITAIN, POUNDS], [{ ...SWITZERLAND, ...PHONE }, FRANCS], [{ ...SWITZERLAND, "save-data": "on" }, "Fewer pictures"]];
  for (const [headers, shown] of kinds) {
    const one = await first(url, headers);
    assert.deepEqual([one.cache, one.asked], ["miss", 1]);
    assert.ok(one.text.includes(shown), one.text);
    const other = await visit(url, headers);
    assert.deepEqual([other.cache, other.asked], ["hit", 0]);
    assert.equal(other.text, one.text);
    assert.equal(other.headers.etag, one.headers.etag);
  }
  const { asked, cache } = await first(somewhere());
  assert.deepEqual([cache, asked], ["miss", 1], "another URL has another page");
});

test("from the cache, a page says the same as before, how old it is, and nothing of the runtime's cache", async () => {
  const url = somewhere();
  const one = await first(url, SWITZERLAND);
  await pause(1_100);
  const other = await visit(url);
  const own = ({ date, connection, "keep-alive": _1, "transfer-encoding": _2, "content-length": _3, "server-timing": _4, "footlight-status": _5, age, ...rest }) => rest;
  assert.deepEqual(own(other.headers), own(one.headers));
  assert.ok(Number(other.headers.age) >= 1 && Number(other.headers.age) < 30, other.headers.age);
  assert.equal(one.headers.age, undefined);
  assert.match(other.headers["footlight-status"], /^personalized; bundle=[0-9a-f]{12}; cache=hit$/);
  assert.match(other.headers.etag, /^W\/"[\w-]+"$/);
  assert.equal(other.headers["last-modified"], undefined);
});

test("no cache but the visitor's browser may keep a shared page, and it asks again when consent changes", async () => {
  for (const response of [await first(somewhere()), await visit(somewhere("/"))]) {
    assert.equal(response.headers["cache-control"], "private, max-age=60");
    const varies = response.headers.vary.split(", ");
    for (const name of ["cookie", "sec-gpc", "user-agent", "save-data", "accept-language", "referer", "x-country"]) assert.ok(varies.includes(name), name);
    assert.ok(!varies.includes("sec-purpose"), "what is fetched ahead could not be used");
  }
});

for (const [origins, browsers] of [
  [undefined, "private, no-cache"],
  ["public, s-maxage=600", "private, no-cache"],
  ["public, max-age=60, must-revalidate, proxy-revalidate", "private, max-age=60, must-revalidate"],
  ["no-store", "private, no-store"],
  ["no-cache, max-age=60", "private, no-cache, max-age=60"],
  ['private="x-a, x-b", max-age=5', "private, max-age=5"],
]) {
  test(`when the origin says "${origins}", browsers hear "${browsers}"`, async () => {
    const says = JSON.stringify(origins ? { "cache-control": origins, expires: "Fri, 20 Nov 2099 10:00:00 GMT" } : {});
    const { headers } = await visit(somewhere(), { ...SWITZERLAND, "x-origin-says": says });
    assert.equal(headers["cache-control"], browsers);
    assert.equal(headers.expires, undefined);
  });
}

test("what is only for one visitor never enters the cache, and is added to what comes out", async () => {
  await puts();
  const url = somewhere();
  const cookies = ({ headers }) => headers["set-cookie"]?.filter((cookie) => cookie.startsWith("__Host-footlight=")) ?? [];
  const one = await first(url, { ...SWITZERLAND, ...CONSENT });
  assert.deepEqual([one.cache, cookies(one).length], ["miss", 1]);
  const [put] = await puts();
  assert.doesNotMatch(JSON.stringify(put), /set-cookie|__Host/i);

  const without = await visit(url);
  assert.deepEqual([without.cache, without.headers["set-cookie"]], ["hit", undefined]);
  const other = await visit(url, { ...SWITZERLAND, ...CONSENT });
  assert.deepEqual([other.cache, cookies(other).length], ["hit", 1]);
  assert.notEqual(cookies(other)[0], cookies(one)[0]);
  assert.equal(other.headers["cache-control"], "private, max-age=60");
});

test("every page that is shown counts, wherever it came from", async () => {
  const url = somewhere("/");
  await worker.events();
  await first(url);
  await visit(url);
  await visit(url, { ...SWITZERLAND, "sec-purpose": "prefetch" });
  const exposure = { type: "exposure", stage: "homepage", rules: ["home-market"] };
  assert.deepEqual((await worker.events()).map(({ type, stage, rules }) => ({ type, stage, rules })), [exposure, exposure]);
});

for (const [what, says, headers = {}] of [
  ["sets a cookie", { ...SHARED, "set-cookie": "session=1" }],
  ["varies with the cookie", { ...SHARED, vary: "Cookie" }],
  ["varies with more than the coding", { ...SHARED, vary: "Accept-Encoding, User-Agent" }],
  ["varies with everything", { ...SHARED, vary: "*" }],
  ["says no-store", { "cache-control": "no-store, max-age=60" }],
  ["says private", { "cache-control": "private, max-age=60" }],
  ["says that a part is private", { "cache-control": 'private="x-name", max-age=60' }],
  ["says no-cache", { "cache-control": "no-cache, max-age=60" }],
  ["says max-age=0", { "cache-control": "public, max-age=0" }],
  ["says s-maxage=0", { "cache-control": "public, max-age=60, s-maxage=0" }],
  ["says two lifetimes, one of them none", { "cache-control": "max-age=60, max-age=0" }],
  ["says a lifetime that is none", { "cache-control": "public, max-age=soon" }],
  ["says only public", { "cache-control": "public" }],
  ["says nothing", {}],
  ["only has an expiry date", { expires: "Fri, 20 Nov 2099 10:00:00 GMT" }],
  ["says no-store to CDNs", { ...SHARED, "cdn-cache-control": "no-store" }],
  ["speaks to surrogates", { ...SHARED, "surrogate-control": "max-age=60" }],
  ["sends a page that is as old as it may be", { ...SHARED, age: "600" }],
  ["answers one who has logged in", SHARED, { authorization: "Basic YTpi" }],
]) {
  test(`a page is not kept when the origin ${what}`, async () => {
    await puts();
    const url = somewhere();
    const all = { ...SWITZERLAND, ...headers, "x-origin-says": JSON.stringify(says) };
    for (let time = 0; time < 2; time += 1) {
      const { cache, asked, text } = await first(url, all);
      assert.deepEqual([cache, asked], [undefined, 1]);
      assert.ok(text.includes(FRANCS));
    }
    assert.deepEqual(await puts(), []);
  });
}

for (const [what, says] of [
  ["says max-age", { "cache-control": "max-age=60" }],
  ["says s-maxage, with none for browsers", { "cache-control": "s-maxage=60, max-age=0" }],
  ["varies with the coding only", { ...SHARED, vary: "accept-encoding" }],
  ["says no-store to browsers, but not to CDNs", { "cache-control": "no-store", "cdn-cache-control": "max-age=60" }],
]) {
  test(`a page is kept when the origin ${what}`, async () => {
    const url = somewhere();
    const all = { ...SWITZERLAND, "x-origin-says": JSON.stringify(says) };
    assert.equal((await first(url, all)).cache, "miss");
    assert.equal((await visit(url, all)).cache, "hit");
  });
}

test("a page is kept for as long as the origin said, what it was old already taken off", async () => {
  const url = somewhere();
  const all = { ...SWITZERLAND, "x-origin-says": JSON.stringify({ "cache-control": "max-age=100", age: "98" }) };
  assert.equal((await first(url, all)).cache, "miss");
  const hit = await visit(url, all);
  assert.deepEqual([hit.cache, hit.headers.age], ["hit", "98"]);
  await pause(2_100);
  assert.equal((await first(url, all)).cache, "miss");
});

test("a gzipped page is kept as it reads, and given to those who ask for no coding", async () => {
  const url = somewhere();
  const all = { ...SWITZERLAND, "x-page": "gzip" };
  const one = await first(url, all);
  const other = await visit(url, all);
  assert.deepEqual([one.cache, other.cache], ["miss", "hit"]);
  assert.ok(other.text.includes(FRANCS));
  assert.equal(other.headers["content-encoding"], undefined);
});

for (const name of ["breaks off", "large", "server error", "json"]) {
  test(`a page is not kept: ${name}`, async () => {
    await puts();
    const url = somewhere();
    await first(url, { ...SWITZERLAND, "x-page": name });
    assert.deepEqual(await puts(), []);
    const next = await first(url);
    assert.deepEqual([next.cache, next.text.length > 100], ["miss", true]);
  });
}

test("half a page is not kept when its visitor leaves", async () => {
  await puts();
  const url = somewhere();
  const { request } = await open(url, { ...SWITZERLAND, "x-page": "slow" });
  request.destroy();
  await pause(500);
  // The runtime may have taken the whole page from the origin before it saw that nobody wants it.
  if ((await puts()).length > 0) assert.ok((await visit(url)).text.endsWith("</html>"));
});

test("a page that is kept is not held back meanwhile", async () => {
  const start = performance.now();
  const { response } = await open(somewhere(), { ...SWITZERLAND, "x-page": "slow" });
  const arrivals = [];
  for await (const _ of response) arrivals.push(performance.now() - start);
  assert.ok(arrivals[0] < 250, `the first bytes took ${arrivals[0]} ms`);
  assert.ok(arrivals.at(-1) > 290, "the origin took its time");
});

test("a page in which the engine fails is not kept", async () => {
  await puts();
  const url = somewhere();
  const { text } = await first(url, { ...SWITZERLAND, "x-test-trap": "0" });
  assert.equal(text, PAGE);
  await first(url, { ...SWITZERLAND, "x-page": "slow", "x-test-trap": "100" });
  assert.deepEqual(await puts(), []);
});

test("a trap in the decision leaves the page as it came, and the cache out of it", async () => {
  const url = somewhere();
  await first(url);
  const trapped = await visit(url, { ...SWITZERLAND, "x-test-trap": "decide" });
  assert.equal(trapped.text, PAGE);
  assert.equal(trapped.headers["footlight-status"], "fault; kind=trap");
  assert.equal(trapped.headers["cache-control"], SHARED["cache-control"]);
  assert.equal((await visit(url)).cache, "hit", "the next request is not fine");
});

test("HEAD is answered from what GET has put into the cache, counts nothing and remembers nothing", async () => {
  const url = somewhere();
  const early = await first(url, SWITZERLAND, { method: "HEAD" });
  assert.deepEqual([early.cache, early.asked, early.bytes.length], [undefined, 1, 0]);
  const full = await first(url);
  assert.equal(full.cache, "miss", "HEAD has put something into the cache");
  await worker.events();
  const head = await visit(url, { ...SWITZERLAND, ...CONSENT }, { method: "HEAD" });
  assert.deepEqual([head.status, head.cache, head.asked, head.bytes.length], [200, "hit", 0, 0]);
  for (const name of ["etag", "cache-control", "vary", "content-type"]) assert.equal(head.headers[name], full.headers[name], name);
  assert.equal(head.headers["set-cookie"], undefined);
  assert.deepEqual(await worker.events(), []);
});

test("a browser that has the page hears that it still holds, and so does nobody else", async () => {
  const url = somewhere();
  const { etag } = (await first(url)).headers;
  await worker.events();
  const known = [etag, etag.slice(2), `"other", ${etag}`, "*"];
  for (const value of known) {
    const again = await visit(url, { ...SWITZERLAND, ...CONSENT, "if-none-match": value });
    assert.deepEqual([again.status, again.cache, again.asked, again.bytes.length], [304, "hit", 0, 0], value);
    assert.equal(again.headers.etag, etag);
    assert.equal(again.headers["cache-control"], "private, max-age=60");
    assert.equal(again.headers["set-cookie"].length, 1, "the profile is this visitor's all the same");
  }
  assert.equal((await worker.events()).length, known.length, "the visitor sees the page each time");
  for (const headers of [{ "if-none-match": '"other"' }, { "if-none-match": '"origin"' }, { "if-modified-since": "Fri, 20 Nov 2099 10:00:00 GMT" }]) {
    const other = await visit(url, { ...SWITZERLAND, ...headers });
    assert.deepEqual([other.status, other.cache], [200, "hit"]);
    assert.ok(other.text.includes(FRANCS));
  }
  const elsewhere = await first(url, { ...BRITAIN, "if-none-match": etag });
  assert.deepEqual([elsewhere.status, elsewhere.cache], [200, "miss"], "another variant is another page");
  assert.ok(elsewhere.text.includes(POUNDS));
});

test("the origin is not asked whether its own page has changed where visitors get another one", async () => {
  await first(somewhere(), { ...SWITZERLAND, "if-none-match": '"origin"', "if-modified-since": "Fri, 20 Nov 2099 10:00:00 GMT" });
  const { headers } = origin.requests.at(-1);
  assert.deepEqual([headers["if-none-match"], headers["if-modified-since"], headers["x-country"]], [undefined, undefined, "CH"]);
  for (const path of ["/p/boot", "/orders/1"]) {
    await first(somewhere(path), { ...SWITZERLAND, "if-none-match": '"origin"' });
    assert.equal(origin.requests.at(-1).headers["if-none-match"], undefined, `${path} is not shared, but another page all the same`);
  }
  await first(somewhere("/"), { "x-country": "US", "if-none-match": '"origin"' });
  assert.equal(origin.requests.at(-1).headers["if-none-match"], '"origin"', "where nothing applies, that is between browser and origin");
});

test("who asks for a part, or has logged in, is answered by the origin", async () => {
  const url = somewhere();
  await first(url);
  for (const headers of [{ range: "bytes=0-9" }, { authorization: "Bearer x" }]) {
    const { cache, asked } = await visit(url, { ...SWITZERLAND, ...headers });
    assert.deepEqual([cache, asked], [undefined, 1]);
  }
});

for (const mode of ["match throws", "match hangs", "match lies", "put throws"]) {
  test(`the cache is lost (${mode}): the page comes from the origin, personalized, and the fault is told`, async () => {
    const url = somewhere();
    if (mode !== "put throws") await first(url);
    await worker.events();
    const { status, text, asked } = await first(url, { ...SWITZERLAND, "x-test-cache": mode });
    assert.deepEqual([status, asked], [200, 1]);
    assert.ok(text.includes(FRANCS));
    const faults = (await worker.events()).filter(({ type }) => type === "fault").map(({ kind }) => kind);
    assert.deepEqual(faults, mode === "match hangs" ? [] : ["cache"]);
    const next = await first(url);
    assert.ok(next.text.includes(FRANCS), "the next request is not fine");
  });
}

test("another bundle has pages of its own, and going back finds the old ones", async () => {
  const url = somewhere();
  const original = readFileSync(new URL("../../dist/sharedstage.footlight", import.meta.url));
  const other = rewritten(original, ["Prices in ", "Prizes in "]);
  const publisher = new Publisher(await putInto(worker), "sharedstage");
  const go = async (bundle) => {
    await publisher.push(bundle);
    await visit(`${worker.url}/elsewhere`);
    await pause(100);
  };
  assert.equal((await first(url)).cache, "miss");
  await go(other);
  const next = await first(url);
  assert.deepEqual([next.cache, next.headers["footlight-status"].includes(nameOf(other).slice(0, 12))], ["miss", true]);
  await go(original);
  assert.equal((await visit(url)).cache, "hit");
});

test("who withdraws consent gets the page of those without, at once", async () => {
  const url = somewhere("/l/winter");
  const asked = /As you asked for/;
  const agreed = { "x-country": "US", cookie: "consent=marketing" };
  const source = `${url}&utm_source=letter`;
  assert.match((await first(source, agreed)).text, asked);
  const hit = await visit(source, agreed);
  assert.deepEqual([hit.cache, asked.test(hit.text)], ["hit", true]);
  for (const headers of [{ cookie: "consent=essential" }, {}, { ...agreed, "sec-gpc": "1" }]) {
    assert.doesNotMatch((await first(source, { "x-country": "US", ...headers })).text, asked);
  }
});

test("pages for one visitor never enter the cache, and are never taken from it", async () => {
  await puts();
  for (const [path, headers] of [
    ["/p/boot", SWITZERLAND],
    ["/p/boot", { ...SWITZERLAND, ...CONSENT }],
    ["/cart", { ...SWITZERLAND, cookie: "consent=all; cart_items=2; cart_value=80" }],
    ["/thank-you", CONSENT],
  ]) {
    const url = somewhere(path);
    for (let time = 0; time < 2; time += 1) {
      const { cache, asked, headers: said } = await first(url, headers);
      assert.deepEqual([cache, asked, said["cache-control"]], [undefined, 1, "private, no-store"], path);
    }
  }
  assert.deepEqual(await puts(), []);
});

test("where nothing applies, the page and its caching are the origin's", async () => {
  await puts();
  for (const [path, headers] of [["/checkout", SWITZERLAND], ["/elsewhere", SWITZERLAND], ["/", { "x-country": "US" }], ["/", { "x-country": "CH", "user-agent": "Googlebot/2.1" }]]) {
    const { headers: said, cache, text } = await first(somewhere(path), headers);
    assert.deepEqual([cache, text, said["cache-control"], said.etag], [undefined, PAGE, SHARED["cache-control"], '"origin"'], path);
    assert.equal(said.vary, undefined);
  }
  assert.deepEqual(await puts(), []);
});

test("where rules read the page itself, it comes from the origin each time", async () => {
  const url = somewhere("/orders/1");
  for (let time = 0; time < 2; time += 1) {
    const { cache, asked, text, headers } = await first(url);
    assert.deepEqual([cache, asked], [undefined, 1]);
    assert.match(text, /Only 3 left for switzerland/);
    assert.equal(headers["cache-control"], "private, max-age=60");
  }
});

test("previews neither come from the cache nor go into it", async () => {
  await puts();
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const mac = createHmac("sha256", Buffer.from(PREVIEW_KEY, "base64url")).update(`footlight preview\nsharedstage\n${expires}`);
  const url = somewhere();
  const preview = `${url}&footlight-as=country:CH&footlight-token=sharedstage.${expires}.${mac.digest("base64url")}`;
  await first(preview);
  assert.deepEqual(await puts(), []);
  await first(url);
  const { cache, asked, headers } = await first(preview);
  assert.deepEqual([cache, asked, headers["cache-control"]], [undefined, 1, "private, no-store"]);
});

test("nobody can ask for an entry of the cache by its name", async () => {
  await puts();
  await first(somewhere());
  const [{ name }] = await puts();
  const { status } = await get(name.replace(/^https?:\/\/[^/]+/, worker.url));
  assert.equal(status, 404);
});
