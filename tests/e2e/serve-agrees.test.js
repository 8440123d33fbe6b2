// `footlight serve` and the worker in workerd, in front of the same demo shop: the same requests get the same pages.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { after, before, test } from "node:test";

import { PLACES } from "../../www/places.js";
import { shopServer } from "../../www/serve.js";
import { get } from "./harness/http.js";
import { startServe } from "./harness/serve.js";
import { startWorker } from "./harness/worker.js";

const NOON = "2026-11-20T11:00:00Z";
const WEEK_BEFORE = "2026-11-13T11:00:00Z";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const DESKTOP =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const CART = "shop_cart=quell-bottle.pine:2; cart_items=2; cart_value=49.80";
const JOURNEY = [
  "/l/winter-hiking",
  "/",
  "/c/boots",
  "/p/kammweg-mid",
  "/cart",
  "/checkout",
  "/thank-you/FW-1042",
  "/orders/FW-1042",
  "/search?q=boots",
];

/** What depends on the chance of the moment, or on one machine. */
const OF_THE_MOMENT = ["connection", "date", "etag", "keep-alive", "server-timing", "transfer-encoding", "content-length"];

const VISITORS = [
  { name: "a German without consent", from: "DE", headers: { "accept-language": "de" } },
  { name: "a Swiss on the phone", from: "CH", headers: { "user-agent": PHONE, "accept-language": "de-CH,fr;q=0.8" } },
  { name: "a returning visitor from Japan", from: "JP", cookie: "shop_consent=all", returns: true },
  { name: "a Frenchwoman who came from an advertisement", from: "FR", query: "utm_source=google&utm_medium=cpc&utm_campaign=winter-hiking", headers: { "accept-language": "fr" } },
  { name: "a Briton who wants no profile", from: "GB", cookie: "shop_consent=all", headers: { "sec-gpc": "1" } },
  { name: "an American who came from a search", from: "US", headers: { referer: "https://www.google.com/" } },
  { name: "somebody from nowhere", from: "XX" },
  { name: "Googlebot", from: "CH", headers: { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" } },
];

const realNow = Date.now;
let shop, worker, origin;
before(async () => {
  // The shop's pages say until when something is delivered.
  Date.now = () => Date.parse(NOON);
  shop = shopServer().listen(0, "127.0.0.1");
  await once(shop, "listening");
  origin = `http://127.0.0.1:${shop.address().port}`;
  worker = await startWorker({ script: "tests/e2e/shop-worker.js", origin, kv: false });
});
after(async () => {
  Date.now = realNow;
  await worker?.stop();
  shop?.closeAllConnections();
  shop?.close();
});

for (const { name, from, query = "", cookie = "", headers = {}, returns } of VISITORS) {
  test(`${name} gets the same pages, headers and cookies`, async () => {
    const serve = await startServe({ origin, rules: "rules", args: ["--at", NOON, ...place(PLACES[from])] });
    try {
      const common = { "user-agent": DESKTOP, "accept-language": "en", ...headers, "x-test-from": from };
      let jar = [CART, cookie].filter(Boolean).join("; ");
      if (returns) jar = [jar, await profile(common, jar)].join("; ");
      let personalized = 0;
      for (const path of JOURNEY) {
        const url = path + (query && `${path.includes("?") ? "&" : "?"}${query}`);
        const all = { ...common, cookie: jar, "x-test-now": NOON };
        const [atEdge, here] = [await get(worker.url + url, { headers: all }), await get(serve.url + url, { headers: all })];
        assert.equal(here.text, atEdge.text, path);
        assert.deepEqual([here.status, comparable(here, jar)], [atEdge.status, comparable(atEdge, jar)], path);
        personalized += /^personalized/.test(here.headers["footlight-status"]) ? 1 : 0;
        const decided = `/.footlight/decide?url=${encodeURIComponent(url)}`;
        const [there, local] = [await get(worker.url + decided, { headers: all }), await get(serve.url + decided, { headers: all })];
        assert.deepEqual(withoutBundle(local), withoutBundle(there), decided);
      }
      if (PLACES[from].country && name !== "Googlebot") assert.ok(personalized >= 3, `${personalized} pages are personalized`);
    } finally {
      assert.equal(await serve.stop(), 0);
    }
  });
}

test("previews as somebody else are the same", async () => {
  const serve = await startServe({ origin, rules: "rules", args: ["--at", NOON] });
  try {
    for (const as of ["country:CH", "country:JP,device:phone,returning:true", "country:FR,language:fr,consent:false", "at:2026-12-20T10:00:00Z,country:DE", "country:US,rule:home-hero-winter"]) {
      for (const path of ["/", "/c/boots", "/p/kammweg-mid"]) {
        const preview = `${path}?footlight-as=${as}`;
        const headers = { "user-agent": DESKTOP, "x-test-now": NOON, "x-test-from": "XX" };
        const there = await get(`${worker.url}${preview}&footlight-token=${previewToken()}`, { headers });
        const here = await get(serve.url + preview, { headers });
        assert.equal(here.text, there.text, preview);
        assert.deepEqual(comparable(here), comparable(there), preview);
      }
    }
    const bad = await get(`${serve.url}/?footlight-as=planet:mars`);
    assert.deepEqual([bad.status, JSON.parse(bad.text).error], [400, "bad-preview"]);
  } finally {
    await serve.stop();
  }
});

/** A profile as the worker writes it, a week before. */
async function profile(headers, cookie) {
  const first = await get(`${worker.url}/c/boots`, { headers: { ...headers, cookie, "x-test-now": WEEK_BEFORE } });
  return first.headers["set-cookie"][0].split(";")[0];
}

/** Headers without what cannot be equal; a profile that is new has an id of its own. */
function comparable({ headers }, jar = "") {
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_MOMENT.includes(name)));
  rest["footlight-status"] = rest["footlight-status"]?.replace(/bundle=\w+/, "").replace(/; cache=\w+/, "");
  if (!jar.includes("__Host-footlight")) rest["set-cookie"] = rest["set-cookie"]?.map((cookie) => cookie.replace(/=[^;]*/, ""));
  return rest;
}

/** A decision without the bundle's name, which says when it was built. */
function withoutBundle({ text }) {
  const { served_by: servedBy, ...decision } = JSON.parse(text);
  return { ...decision, canary: servedBy.canary };
}

function place({ country = "", regionCode = "", city = "", postalCode = "", timezone = "" }) {
  return ["--country", country, "--region", regionCode, "--city", city, "--postal-code", postalCode, "--time-zone", timezone];
}

function previewToken() {
  const expires = Math.floor(Date.parse(NOON) / 1000) + 3600;
  const mac = createHmac("sha256", Buffer.alloc(32, 2)).update(`footlight preview\nfirnwald\n${expires}`);
  return `firnwald.${expires}.${mac.digest("base64url")}`;
}
