// Random pairs of visitors of the same URL, one after the other, through the worker in workerd with the real cache.
// What each gets must be, byte for byte, what the same worker without any cache gives to that visitor alone.

import { Engine } from "../../../crates/edge/npm/dist/engine.js";
import { createFootlight } from "../../../crates/edge/npm/dist/index.js";
import wasm from "../../../crates/edge/npm/wasm/footlight.wasm";

import bundle from "../../../dist/sharedstage.footlight";
import { Random } from "./random.js";
import { randomPath, randomVisitor } from "./visitors.js";

/** Profiles change with time, and so would the pages of private stages. */
const NOW = Date.parse("2026-11-20T11:00:00Z");
/** A page at which a profile begins and one at which it grows. */
const WALKS = [["/"], ["/p/boot"], ["/p/boot", "/p/tent"], ["/c/boots", "/p/boot", "/c/boots"]];

const origin = (request) => {
  const { pathname, search } = new URL(request.url);
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "public, max-age=3600" };
  const text = `<html><body data-stock="3"><h1>${pathname}${search.replaceAll("&", "&amp;")}</h1><div id="hero">Hello</div>
<p data-footlight-slot="note"></p><p data-footlight-slot="hint"></p><b data-footlight-slot="price" data-amount="100">100,00 €</b></body></html>`;
  return new Response(text, { headers });
};
const footlight = createFootlight({ wasm, bundle, origin, onEvent: () => {} });

const runtimesCaches = globalThis.caches;
const realKey = Engine.prototype.variantKey;
const profileOf = (response) => response.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-footlight="));

/** One visit, and all that the worker does after it. */
async function visit({ url, headers }, env) {
  const pending = [];
  const response = await footlight.fetch(new Request(url, { headers }), env, { waitUntil: (promise) => pending.push(promise) });
  const text = await response.text();
  await Promise.all(pending);
  return { text, profile: profileOf(response)?.split(";")[0], status: response.headers.get("footlight-status") ?? "", headers: response.headers };
}

/** Takes the runtime's cache away, or gives it back. */
function useCache(isThere) {
  Object.defineProperty(globalThis, "caches", { value: isThere ? runtimesCaches : undefined, configurable: true });
}

/** Profiles that the worker itself has written, of visitors who came back. */
async function makeProfiles(env) {
  const profiles = [];
  for (const [index, walk] of WALKS.entries()) {
    let profile = "";
    for (const [step, path] of walk.entries()) {
      Date.now = () => NOW - (30 - 7 * step - index) * 86_400_000;
      const headers = { cookie: `consent=all; ${profile}`, "user-agent": "x" };
      const { profile: next } = await visit({ url: `https://shop.example${path}`, headers }, env);
      profile = next ?? profile;
    }
    profiles.push(profile);
  }
  Date.now = () => NOW;
  return profiles;
}

/** What is wrong with what a visitor got; nothing when it is what the visitor gets without a cache. */
function difference(got, alone) {
  if (got.text !== alone.text) return "the page";
  if ((got.profile === undefined) !== (alone.profile === undefined)) return "whether there is a profile";
  const own = ({ headers }) => ["cache-control", "vary", "content-type", "link"].map((name) => headers.get(name)).join("\n");
  return own(got) === own(alone) ? undefined : "the headers";
}

/** Leaves signal number `index` out of variant keys that have `signals` of them. */
function breakKeys(signals, index) {
  Engine.prototype.variantKey = function () {
    const values = realKey.call(this).split("|");
    return values.filter((_, at) => values.length !== signals || at !== index).join("|");
  };
}

/** So many pairs are under way at once. */
const LANES = 8;

let profiles;

/** `/?pairs=N&seed=S` runs N pairs; with `&signals=M&without=I`, keys of M signals lack the one with number I. */
export default {
  async fetch(request, env) {
    const { searchParams } = new URL(request.url);
    const [pairs, seed, signals, without] = ["pairs", "seed", "signals", "without"].map((name) => Number(searchParams.get(name) ?? -1));
    useCache(false);
    profiles ??= await makeProfiles(env);
    const random = new Random(seed);
    // Entries under wrong keys are on a host of their own.
    const host = without < 0 ? "shop.example" : `without-${signals}-${without}.shop.example`;
    const visits = [];
    while (visits.length < 2 * pairs) {
      const url = `https://${host}${randomPath(random)}`;
      for (let visitor = 0; visitor < 2; visitor += 1) visits.push({ url, headers: randomVisitor(random, profiles) });
    }
    const alone = [];
    for (const one of visits) alone.push(await visit(one, env));

    useCache(true);
    breakKeys(signals, without);
    const got = [];
    let next = 0;
    const lane = async () => {
      while (next < visits.length) {
        const pair = [next, next + 1];
        next += 2;
        for (const index of pair) got[index] = await visit(visits[index], env);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));

    const wrong = [];
    /** Profiles of visitors who had none: nobody may get one that another got. */
    const given = new Set();
    for (const [index, { url, headers }] of visits.entries()) {
      let what = difference(got[index], alone[index]);
      const isNew = !headers.cookie?.includes("__Host-footlight=");
      for (const { profile } of isNew ? [got[index], alone[index]] : []) {
        if (profile && given.has(profile)) what ??= "another's profile";
        if (profile) given.add(profile);
      }
      if (what) wrong.push({ what, url, headers, got: got[index].text, alone: alone[index].text });
    }
    const count = (holds) => visits.filter((_, index) => holds(got[index], index)).length;
    return Response.json({
      pairs,
      differing: count((_, index) => index % 2 === 1 && alone[index].text !== alone[index - 1].text),
      personalized: count(({ status }) => status.startsWith("personalized")),
      stored: count(({ status }) => status.endsWith("cache=miss")),
      hits: count(({ status }) => status.endsWith("cache=hit")),
      wrong: wrong.length,
      examples: wrong.slice(0, 3),
    });
  },
};
