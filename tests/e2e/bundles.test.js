// Releases and bundles from Workers KV: what is taken, what is refused, and that the last good one stays.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, pieces, startOrigin } from "./harness/origin.js";
import { envelope, FOREIGN_KEY, hashAt, KEY, nameOf, publicKey, Publisher, putInto, rewritten, signed, siteOf } from "./harness/release.js";
import { startWorker } from "./harness/worker.js";

const DIST = new URL("../../dist/", import.meta.url);
const BUILT_IN = readFileSync(new URL("teststage.footlight", DIST));
/** The same site with another greeting. */
const OTHER = readFileSync(new URL("teststage-other.footlight", DIST));
const THIRD = rewritten(OTHER, ["Guten Tag", "Gut Nacht"]);
const OF_ANOTHER_SITE = readFileSync(new URL("demo.footlight", DIST));

const PAGE = '<html><body><div id="hero">Hello</div></body></html>';
/** A page that is read before it is decided. */
const ORDER = '<html><body data-stock="3"><p data-footlight-slot="note"></p></body></html>';
const FIRST = "<h1>Grüße nach Deutschland</h1>";
const SECOND = "<h1>Guten Tag</h1>";

let origin, worker, put, publisher;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE), "/orders/1": pieces([[400, ORDER]]) });
  worker = await startWorker({ origin: origin.url });
  put = await putInto(worker);
  publisher = new Publisher(put, "teststage");
});
after(async () => {
  await worker.stop();
  origin.stop();
});

/** Under one name, wherever a worker listens: what is kept in the cache is kept under it. */
const once = (to = worker, headers = {}, path = "/") => get(to.url + path, { headers: { host: "shop.example", "x-country": "DE", ...headers } });

/** A visit after the worker had the time to look at its store. */
async function visit(to = worker) {
  await once(to);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return once(to);
}

const shows = (response) => /<div id="hero">(.*?)<\/div>/.exec(response.text)[1];
const status = (response) => response.headers["footlight-status"];
const faults = async (of = worker) => (await of.events()).filter(({ type }) => type === "fault").map(({ kind }) => kind);
/** What a page that a bundle made says of it. */
const madeBy = (bundle, release) => `personalized; bundle=${nameOf(bundle).slice(0, 12)}${release ? `; release=${release}` : ""}`;

/** Makes a bundle live, and sees that it is. */
async function settle(bundle = OTHER) {
  await publisher.push(bundle);
  assert.equal(status(await visit()), madeBy(bundle, publisher.sequence));
}

test("without anything in the store the built-in bundle decides", async () => {
  const response = await visit();
  assert.equal(shows(response), FIRST);
  assert.equal(status(response), madeBy(BUILT_IN));
});

test("a release takes over, and a later one that names an older bundle takes it back", async () => {
  await publisher.push(OTHER);
  const pushed = await visit();
  assert.equal(shows(pushed), SECOND);
  assert.equal(status(pushed), madeBy(OTHER, 1));
  await publisher.push(BUILT_IN);
  const rolledBack = await visit();
  assert.equal(shows(rolledBack), FIRST);
  assert.equal(status(rolledBack), madeBy(BUILT_IN, 2));
  assert.deepEqual(await faults(), []);
});

test("a release that was live once cannot be put back", async () => {
  const replayed = await publisher.push(OTHER);
  await settle(THIRD);
  await put("live.json", replayed);
  const response = await visit();
  assert.equal(status(response), `${madeBy(THIRD, publisher.sequence)}; refused=replayed`);
  assert.deepEqual(await faults(), ["replayed"]);
  await settle(OTHER);
});

function altered(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at] ^= 1;
  return copy;
}

/** The same with a length of 100 MB for its body. */
function boasting(bundle) {
  const copy = Buffer.from(bundle);
  copy.writeUInt32LE(100 << 20, 15 + bundle[14]);
  return copy;
}

let fresh = 0;
/** A bundle that no worker has seen yet. */
const unseen = () => rewritten(OTHER, ["Guten Tag", `Tag ${String((fresh += 1)).padStart(5, "0")}`]);

for (const [what, make, reason] of [
  ["cut short", (bundle) => signed(bundle).subarray(0, -40), "truncated"],
  ["empty", () => Buffer.alloc(0), "truncated"],
  ["something else", () => Buffer.from("<!doctype html>"), "not-a-bundle"],
  ["of a newer format", (bundle) => altered(signed(bundle), 5), "other-version"],
  ["of 100 MB, as it says itself", (bundle) => boasting(signed(bundle)), "truncated"],
  ["altered", (bundle) => altered(signed(bundle), 200), "altered"],
  ["altered, with its hash", (bundle) => signed(rewritten(bundle, ["<h1>", "<h2>"]), FOREIGN_KEY), "foreign-signature"],
  ["not signed", (bundle) => bundle, "unsigned"],
  ["signed with another key", (bundle) => signed(bundle, FOREIGN_KEY), "foreign-signature"],
  ["under a signature that is not its own", (bundle) => altered(signed(bundle), bundle.length + 20), "bad-signature"],
  ["under another one's signature", (bundle) => altered(signed(bundle), hashAt(bundle) + 1), "bad-signature"],
  ["another one, as genuine as that", () => signed(OTHER), "other-bundle"],
]) {
  test(`a bundle that is ${what} is refused as ${reason}, the last good one stays, and put right it is taken`, async () => {
    await settle(BUILT_IN);
    await faults();
    const before = madeBy(BUILT_IN, publisher.sequence);
    const bundle = unseen();
    await put(`bundles/${nameOf(bundle)}.footlight`, make(bundle));
    await put("live.json", envelope(publisher.release(bundle)));
    for (let time = 0; time < 2; time += 1) assert.equal(status(await visit()), `${before}; refused=${reason}`);
    assert.deepEqual(await faults(), [reason], "told once");
    await publisher.upload(bundle);
    assert.equal(status(await visit()), madeBy(bundle, publisher.sequence));
  });
}

const PAYLOAD = (text, change) => {
  const { payload, ...rest } = JSON.parse(text);
  return JSON.stringify({ ...rest, payload: Buffer.from(change(Buffer.from(payload, "base64").toString())).toString("base64") });
};
for (const [what, make, reason] of [
  ["is not signed", () => envelope(publisher.release(THIRD), null), "unsigned"],
  ["is signed with another key", () => envelope(publisher.release(THIRD), FOREIGN_KEY), "foreign-signature"],
  ["was changed after it was signed", () => PAYLOAD(envelope(publisher.release(OTHER)), (text) => text.replace(nameOf(OTHER), nameOf(THIRD))), "bad-signature"],
  ["is another site's, with that site's bundle", () => envelope({ ...publisher.release(OF_ANOTHER_SITE), site: siteOf(OF_ANOTHER_SITE) }), "wrong-site"],
  ["says that it is another site's", () => envelope({ ...publisher.release(THIRD), site: "demo" }), "wrong-site"],
  ["is for this site but names another one's bundle", () => envelope(publisher.release(OF_ANOTHER_SITE)), "wrong-site"],
  ["is of a newer version", () => envelope({ ...publisher.release(THIRD), version: 2 }), "other-version"],
  ["names no bundle", () => envelope({ ...publisher.release(THIRD), bundle: "../../secret" }), "malformed"],
  ["has no number", () => envelope({ ...publisher.release(THIRD), sequence: "18" }), "malformed"],
  ["has a canary for more than everybody", () => envelope({ ...publisher.release(THIRD), canary: { bundle: nameOf(OTHER), share: 10_001 } }), "malformed"],
  ["is something else that is signed", () => envelope(publisher.release(THIRD)).replace("release+json", "letter+json"), "not-a-release"],
  ["is a page", () => "<!doctype html><title>Maintenance</title>", "not-a-release"],
  ["is empty", () => "{}", "not-a-release"],
  ["is null", () => "null", "not-a-release"],
  ["is endless", () => JSON.stringify({ payload: "A".repeat(1 << 20) }), "too-large"],
]) {
  test(`a release that ${what} is refused as ${reason}, and the last good one stays`, async () => {
    await settle(OTHER);
    await faults();
    const before = madeBy(OTHER, publisher.sequence);
    await publisher.upload(THIRD, OF_ANOTHER_SITE);
    await put("live.json", make());
    for (let time = 0; time < 2; time += 1) assert.equal(status(await visit()), `${before}; refused=${reason}`);
    assert.deepEqual(await faults(), [reason], "told once");
    await settle(OTHER);
  });
}

test("a release that is there before its bundle changes nothing until the bundle is there, too", async () => {
  await settle(BUILT_IN);
  const before = madeBy(BUILT_IN, publisher.sequence);
  const bundle = unseen();
  await faults();
  await put("live.json", envelope(publisher.release(bundle)));
  assert.equal(status(await once()), before);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await faults(), [], "to be late is no fault");
  assert.equal(status(await visit()), before);
  assert.deepEqual(await faults(), ["missing-bundle"], "to be missing is one");
  await publisher.upload(bundle);
  assert.equal(status(await visit()), madeBy(bundle, publisher.sequence));
});

test("when the store has lost everything, what was live stays", async () => {
  await settle(OTHER);
  await faults();
  const store = await worker.store();
  for (const { name } of (await store.list()).keys) await store.delete(name);
  assert.equal(status(await visit()), madeBy(OTHER, publisher.sequence));
  assert.equal((await faults())[0], "store");
  await settle(BUILT_IN);
});

test("what is live survives a trap", async () => {
  await settle(OTHER);
  await once(worker, { "x-test-trap": "0" });
  const response = await visit();
  assert.equal(shows(response), SECOND);
  assert.equal(status(response), madeBy(OTHER, publisher.sequence));
});

/** Runs workers one after the other whose caches and stores are the same. */
async function inTurn(...turns) {
  const state = mkdtempSync(path.join(tmpdir(), "footlight-state-"));
  try {
    for (const { vars, script, run } of turns) {
      const another = await startWorker({ script, origin: origin.url, vars, state });
      try {
        await run(another, new Publisher(await putInto(another), "teststage"), state);
      } finally {
        await another.stop();
      }
    }
  } finally {
    rmSync(state, { recursive: true });
  }
}

test("a worker that begins when the store is lost has the last good release, and takes no older one", async () => {
  let replayed;
  await inTurn(
    {
      run: async (another, its) => {
        replayed = await its.push(OTHER);
        await visit(another);
        await its.push(THIRD);
        assert.equal(status(await visit(another)), madeBy(THIRD, 2));
        await new Promise((resolve) => setTimeout(resolve, 200));
        const store = await another.store();
        for (const { name } of (await store.list()).keys) await store.delete(name);
      },
    },
    {
      run: async (another, its) => {
        assert.equal(status(await once(another)), madeBy(THIRD, 2), "the first visitor");
        await its.upload(OTHER);
        await its.put("live.json", replayed);
        assert.equal(status(await visit(another)), `${madeBy(THIRD, 2)}; refused=replayed`);
      },
    },
    {
      vars: { FOOTLIGHT_PUBLIC_KEYS: publicKey(FOREIGN_KEY) },
      run: async (another, its) => {
        assert.equal(status(await once(another)).replace(/; refused=.*/, ""), madeBy(BUILT_IN), "nobody trusts the cache itself");
        await new Publisher(its.put, "teststage", FOREIGN_KEY).push(OTHER);
        assert.equal(status(await visit(another)), madeBy(OTHER, 1), "not even in what is older");
      },
    },
  );
});

test("visitors with whom a worker begins, some sooner and some later, get all of them the last good release", async () => {
  const last = rewritten(readFileSync(new URL("sharedstage.footlight", DIST)), ["Only ", "Just "]);
  const script = "tests/e2e/shared-worker.js";
  const order = (another, cache = "works") => once(another, { "x-test-cache": cache }, "/orders/1");
  await inTurn(
    {
      script,
      run: async (another, its) => {
        await new Publisher(its.put, "sharedstage").push(last);
        await order(another);
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
    },
    {
      script,
      run: async (another) => {
        for (const response of await Promise.all(Array.from({ length: 40 }, () => order(another, "match dawdles")))) {
          assert.match(response.text, /Just 3 left/);
          assert.equal(status(response), madeBy(last, 1));
        }
        assert.deepEqual(await faults(another), []);
      },
    },
  );
});

/** A worker with other variables, and its store. */
async function withVars(vars, run) {
  const another = await startWorker({ origin: origin.url, vars });
  try {
    await run(another, await putInto(another));
  } finally {
    await another.stop();
  }
}

test("without public keys nothing is taken from a store", async () => {
  await withVars({ FOOTLIGHT_PUBLIC_KEYS: "" }, async (another, put) => {
    await new Publisher(put, "teststage").push(OTHER);
    for (let time = 0; time < 2; time += 1) assert.equal(status(await visit(another)), `${madeBy(BUILT_IN)}; refused=no-keys`);
    assert.deepEqual(await faults(another), ["no-keys"]);
  });
});

test("one of several keys is enough, for the release and for the bundle", async () => {
  await withVars({ FOOTLIGHT_PUBLIC_KEYS: `${publicKey(FOREIGN_KEY)}, ${publicKey(KEY)}` }, async (another, put) => {
    await new Publisher(put, "teststage").push(OTHER);
    assert.equal(status(await visit(another)), madeBy(OTHER, 1));
    const its = new Publisher(put, "teststage", FOREIGN_KEY);
    its.sequence = 1;
    await its.push(THIRD);
    assert.equal(status(await visit(another)), madeBy(THIRD, 2));
  });
});

test("a worker without a bundle of its own passes pages on until the store has one, which its first visitor gets", async () => {
  await withVars({ BUILT_IN: "none" }, async (another, put) => {
    const empty = await visit(another);
    assert.deepEqual([empty.text, status(empty)], [PAGE, undefined]);
    await new Publisher(put, "teststage").push(OTHER);
    assert.equal(shows(await visit(another)), SECOND);
  });
  await inTurn(
    { vars: { BUILT_IN: "none", FOOTLIGHT_PUBLIC_KEYS: "" }, run: (_, its) => its.push(OTHER) },
    { vars: { BUILT_IN: "none" }, run: async (another) => assert.equal(status(await once(another)), madeBy(OTHER, 1)) },
  );
});

test("a worker without a bundle of its own takes only its site's, when it is told which that is", async () => {
  await withVars({ BUILT_IN: "none", FOOTLIGHT_SITE: "demo" }, async (another, put) => {
    await new Publisher(put, "teststage").push(OTHER);
    assert.equal((await visit(another)).text, PAGE);
    assert.deepEqual(await faults(another), ["wrong-site"]);
  });
});

test("the store is not asked again before it is time", async () => {
  await withVars({ FOOTLIGHT_REFRESH_SECONDS: "1.5" }, async (another, put) => {
    await visit(another);
    await new Publisher(put, "teststage").push(OTHER);
    assert.equal(status(await visit(another)), madeBy(BUILT_IN));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(status(await visit(another)), madeBy(OTHER, 1));
  });
});
