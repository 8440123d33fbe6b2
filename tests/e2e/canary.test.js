// A canary: another bundle for a share of the visitors, always the same ones.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { GrowthBook } from "@growthbook/growthbook";

import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { nameOf, Publisher, putInto, rewritten, signed } from "./harness/release.js";
import { PREVIEW_KEY, startWorker } from "./harness/worker.js";

const DIST = new URL("../../dist/", import.meta.url);
const BUILT_IN = readFileSync(new URL("teststage.footlight", DIST));
const OTHER = readFileSync(new URL("teststage-other.footlight", DIST));
const THIRD = rewritten(OTHER, ["Guten Tag", "Gut Nacht"]);
const SHARED = readFileSync(new URL("sharedstage.footlight", DIST));
const SHARED_OTHER = rewritten(SHARED, ["Prices in ", "Prizes in "]);

const PAGE = '<html><body><div id="hero">Hello</div></body></html>';
const CONSENT = "consent=all";
const VISITORS = 4_000;
/** At once. */
const LANES = 24;

let origin, worker, publisher;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE, { "cache-control": "public, max-age=600" }), "/c/boots": body(PAGE) });
  worker = await startWorker({ origin: origin.url });
  publisher = new Publisher(await putInto(worker), "teststage");
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const profileOf = ({ headers }) => headers["set-cookie"]?.find((cookie) => cookie.startsWith("__Host-footlight="))?.split(";")[0];
/** The visitor's id, as `crates/core/src/profile/` says: behind two bytes, before everything else. */
const idOf = (profile) => Buffer.from(profile.split("=")[1], "base64url").subarray(2, 18).toString("hex");

async function visit({ path = "/", headers = {}, cookie = CONSENT, method, to = worker } = {}) {
  const response = await get(to.url + path, { method, headers: { "x-country": "DE", cookie, ...headers } });
  assert.equal(response.status, 200);
  const status = response.headers["footlight-status"];
  const [, bundle, release] = /bundle=(\w+); release=(\d+)/.exec(status) ?? [];
  return { ...response, bundle, release: Number(release), isCanary: /; canary(;|$)/.test(status), profile: profileOf(response) };
}

async function push(bundle, options, by = publisher, to = worker) {
  await by.push(bundle, options);
  for (const end = Date.now() + 5_000; Date.now() < end; ) {
    if ((await visit({ cookie: "", to })).release === by.sequence) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("the release was not taken");
}

/** Does something for each of a list, several at a time. */
async function each(list, run) {
  const results = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < list.length; index = next++) results[index] = await run(list[index], index);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

/** GrowthBook's own word on who is in an experiment with the canary's bundle as its seed. */
function isInExperiment(id, seed, share) {
  const growthbook = new GrowthBook({ attributes: { id } });
  const ranges = [[0, share / 10_000], [share / 10_000, 1]];
  const { variationId } = growthbook.run({ key: "canary", seed, hashVersion: 2, variations: [0, 1], ranges });
  growthbook.destroy();
  return variationId === 0;
}

/** Whether a visitor got the page of the bundle that the status names. */
function isConsistent({ bundle, text, isCanary }) {
  const [shown, of] = isCanary ? ["Guten Tag", OTHER] : ["Grüße", BUILT_IN];
  return text.includes(shown) && nameOf(of).startsWith(bundle);
}

let visitors;

test(`of ${VISITORS} new visitors the canary's share get its bundle, and GrowthBook says the same of each`, async (context) => {
  const share = 500;
  await push(BUILT_IN, { canary: OTHER, share });
  visitors = await each(Array.from({ length: VISITORS }), () => visit());
  for (const one of visitors) {
    assert.ok(isConsistent(one), one.text);
    assert.equal(one.isCanary, isInExperiment(idOf(one.profile), nameOf(OTHER), share), idOf(one.profile));
  }
  const count = visitors.filter(({ isCanary }) => isCanary).length;
  context.diagnostic(`${count} of ${VISITORS}, expected ${(VISITORS * share) / 10_000}`);
  // Five standard deviations.
  assert.ok(Math.abs(count - 200) < 5 * Math.sqrt(VISITORS * 0.05 * 0.95), `${count}`);
});

test("who comes back gets the same again, on each page", async () => {
  const some = visitors.slice(0, 600);
  const again = await each(some, ({ profile }) => visit({ cookie: `${CONSENT}; ${profile}` }));
  assert.deepEqual(again.map(({ isCanary }) => isCanary), some.map(({ isCanary }) => isCanary));
  const elsewhere = await each(some, ({ profile }) => visit({ path: "/c/boots", cookie: `${CONSENT}; ${profile}` }));
  assert.deepEqual(elsewhere.map(({ isCanary }) => isCanary), some.map(({ isCanary }) => isCanary));
});

test("when the share grows, those in the canary stay in it; another canary has other visitors", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 2_000 });
  const grown = await each(visitors.slice(0, 1_000), ({ profile }) => visit({ cookie: `${CONSENT}; ${profile}` }));
  assert.ok(grown.every(({ isCanary }, index) => isCanary || !visitors[index].isCanary));
  const count = grown.filter(({ isCanary }) => isCanary).length;
  assert.ok(count > 135 && count < 265, `${count} of 1,000`);
  await push(BUILT_IN, { canary: THIRD, share: 2_000 });
  const others = await each(visitors.slice(0, 1_000), ({ profile }) => visit({ cookie: `${CONSENT}; ${profile}` }));
  const both = others.filter(({ isCanary }, index) => isCanary && grown[index].isCanary).length;
  assert.ok(both > 5 && both < 100, `${both} of 1,000 are in both, 40 expected`);
});

test("who has no id, or is not told the new one, is in no canary", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 10_000 });
  const { profile } = await visit();
  const { isCanary } = await visit({ cookie: `${CONSENT}; ${profile}` });
  assert.ok(isCanary, "a share of 10,000 is everybody who has an id");
  const known = `${CONSENT}; ${profile}`;
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const mac = createHmac("sha256", Buffer.from(PREVIEW_KEY, "base64url")).update(`footlight preview\nteststage\n${expires}`);
  const token = `teststage.${expires}.${mac.digest("base64url")}`;
  for (const [who, asked] of [
    ["without a choice", { cookie: "" }],
    ["without consent", { cookie: `consent=essential; ${profile}` }],
    ["whose browser refuses", { cookie: known, headers: { "sec-gpc": "1" } }],
    ["a bot", { headers: { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" } }],
    ["a bot with a cookie", { cookie: known, headers: { "user-agent": "Googlebot/2.1" } }],
    ["new, and only fetching ahead", { headers: { "sec-purpose": "prefetch" } }],
    ["new, and only asking for the headers", { method: "HEAD" }],
    ["a preview", { cookie: known, path: `/?footlight-as=country:DE&footlight-token=${token}` }],
  ]) {
    const served = await visit(asked);
    assert.equal(served.isCanary, false, who);
    assert.ok(nameOf(BUILT_IN).startsWith(served.bundle), who);
  }
  assert.ok((await visit({ cookie: known, headers: { "sec-purpose": "prefetch" } })).isCanary, "who is known keeps it");
});

test("decisions and their reasons say which release, and whether it is the canary", async () => {
  const { profile } = await visit();
  const decide = async (cookie) => JSON.parse((await get(`${worker.url}/.footlight/decide?url=/`, { headers: { "x-country": "DE", cookie } })).text).served_by;
  assert.deepEqual(await decide(`${CONSENT}; ${profile}`), { bundle: nameOf(OTHER), release: publisher.sequence, canary: true });
  assert.deepEqual(await decide(CONSENT), { bundle: nameOf(BUILT_IN), release: publisher.sequence, canary: false }, "nobody is told an id");
});

test("who begins with an answer to a question is known by the id that came of it", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 5_000 });
  const headers = { "content-type": "application/json", cookie: CONSENT };
  const answer = JSON.stringify({ question: "activity", answer: "hiking" });
  for (let time = 0; time < 40; time += 1) {
    const profile = profileOf(await get(`${worker.url}/.footlight/answer`, { method: "POST", headers, body: answer }));
    const { isCanary } = await visit({ cookie: `${CONSENT}; ${profile}` });
    assert.equal(isCanary, isInExperiment(idOf(profile), nameOf(OTHER), 5_000));
  }
});

test("a canary whose bundle is bad has no visitors: they stay with the live one, and it is told; put right it has", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 10_000 });
  const bad = rewritten(OTHER, ["Guten Tag", "Gut Tagen"]);
  const key = `bundles/${nameOf(bad)}.footlight`;
  await worker.events();
  const release = publisher.release(OTHER, { canary: bad, share: 10_000 });
  publisher.sequence -= 1;
  const upload = publisher.put;
  publisher.put = (name, bytes) => upload(name, name === key ? bytes.subarray(0, 900) : bytes);
  await push(OTHER, { canary: bad, share: 10_000 });
  publisher.put = upload;
  const served = await visit();
  assert.deepEqual([served.isCanary, served.text.includes("Guten Tag")], [false, true]);
  assert.match(served.headers["footlight-status"], /; refused=canary-truncated$/);
  const [fault, ...more] = (await worker.events()).filter(({ type }) => type === "fault");
  assert.deepEqual([fault.kind, fault.bundle, more], ["truncated", release.canary.bundle, []]);
  assert.match(fault.message, /^the canary: /);
  await upload(key, signed(bad));
  await visit();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const right = await visit();
  assert.deepEqual([right.isCanary, right.text.includes("Gut Tagen")], [true, true]);
});

test("a trap while it is found out who somebody is costs nobody the page", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 10_000 });
  const { profile } = await visit();
  await worker.events();
  const trapped = await visit({ cookie: `${CONSENT}; ${profile}`, headers: { "x-test-trap": "recognize" } });
  assert.ok(isConsistent(trapped));
  assert.deepEqual((await worker.events()).filter(({ type }) => type === "fault").map(({ kind }) => kind), ["trap"]);
  const next = await visit({ cookie: `${CONSENT}; ${profile}` });
  assert.ok(next.isCanary && isConsistent(next));
});

test("promoted, the canary is what everybody gets; taken back, nobody", async () => {
  await push(BUILT_IN, { canary: OTHER, share: 500 });
  await push(OTHER);
  for (const one of await each(visitors.slice(0, 200), ({ profile }) => visit({ cookie: `${CONSENT}; ${profile}` }))) {
    assert.ok(one.text.includes("Guten Tag") && !one.isCanary);
  }
  await push(BUILT_IN, { canary: OTHER, share: 500 });
  await push(BUILT_IN);
  for (const one of await each(visitors.slice(0, 200), ({ profile }) => visit({ cookie: `${CONSENT}; ${profile}` }))) {
    assert.ok(one.text.includes("Grüße") && !one.isCanary);
  }
});

test("through the cache nobody gets a page of the other side", async (context) => {
  const shared = await startWorker({ script: "tests/e2e/shared-worker.js", origin: origin.url });
  try {
    const its = new Publisher(await putInto(shared), "sharedstage");
    await push(SHARED, { canary: SHARED_OTHER, share: 5_000 }, its, shared);
    const seen = { canary: 0, live: 0, hits: 0 };
    const profiles = [];
    for (let round = 0; round < 2; round += 1) {
      await each(Array.from({ length: 400 }), async (_, index) => {
        const cookie = index % 4 === 0 ? "" : `${CONSENT}; ${profiles[index] ?? ""}`;
        const { text, isCanary, bundle, headers, profile } = await visit({ to: shared, cookie, headers: { "x-country": index % 2 ? "CH" : "DE" } });
        profiles[index] = profile ?? profiles[index];
        assert.ok(text.includes(isCanary ? "Prizes in" : "Prices in"), `${headers["footlight-status"]}: ${text}`);
        assert.ok(nameOf(isCanary ? SHARED_OTHER : SHARED).startsWith(bundle));
        seen[isCanary ? "canary" : "live"] += 1;
        if (headers["footlight-status"].includes("cache=hit")) seen.hits += 1;
      });
    }
    context.diagnostic(JSON.stringify(seen));
    assert.ok(seen.canary > 200 && seen.live > 200 && seen.hits > 400, JSON.stringify(seen));
    const names = (await (await fetch(`${shared.url}/test/puts`)).json()).map(({ name }) => name).filter((name) => name.includes("/cache/"));
    for (const bundle of [SHARED, SHARED_OTHER]) assert.ok(names.some((name) => name.includes(nameOf(bundle))));
  } finally {
    await shared.stop();
  }
});
