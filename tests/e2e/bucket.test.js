// Releases and bundles from a folder behind a URL, such as a bucket: asked for with ETags, and lost in every way.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { startBucket } from "./harness/bucket.js";
import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { nameOf, Publisher } from "./harness/release.js";
import { startWorker } from "./harness/worker.js";

const DIST = new URL("../../dist/", import.meta.url);
const BUILT_IN = readFileSync(new URL("teststage.footlight", DIST));
const OTHER = readFileSync(new URL("teststage-other.footlight", DIST));
const PAGE = '<html><body><div id="hero">Hello</div></body></html>';
/** A visitor who waited for the store would have waited for longer than this. */
const AT_ONCE_MS = 1_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let origin, bucket, worker, publisher;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE) });
  bucket = await startBucket();
  publisher = new Publisher(bucket.put, "teststage");
  worker = await startWorker({ origin: origin.url, vars: { FOOTLIGHT_BUNDLES: bucket.url } });
});
after(async () => {
  await worker.stop();
  origin.stop();
  bucket.stop();
});

/** Which bundle served a visit, by its release, and how long that took. */
async function visit() {
  const start = performance.now();
  const { status, headers, text } = await get(`${worker.url}/`, { headers: { "x-country": "DE" } });
  const ms = performance.now() - start;
  assert.equal(status, 200);
  const [, bundle, release] = /^personalized; bundle=(\w+)(?:; release=(\d+))?(?:;|$)/.exec(headers["footlight-status"]);
  const [, refused] = /; refused=([\w-]+)/.exec(headers["footlight-status"]) ?? [];
  return { bundle, release: release && Number(release), refused, ms, text };
}

/** Waits until something is so, with visits meanwhile. */
async function until(isSo, what) {
  for (const end = Date.now() + 15_000; Date.now() < end; await pause(50)) {
    const seen = await visit();
    if (isSo(seen)) return seen;
  }
  assert.fail(`never: ${what}`);
}

const faults = async () => (await worker.events()).filter(({ type }) => type === "fault");
const isLive = (release) => until((seen) => seen.release === release, `release ${release} is live`);

test("nothing in the bucket is no fault", async () => {
  await visit();
  await until(() => bucket.log.includes("/shop/live.json 404"), "the bucket is asked");
  assert.equal((await visit()).bundle, nameOf(BUILT_IN).slice(0, 12));
  assert.deepEqual(await faults(), []);
});

test("a release is taken from the bucket, and asked for only if it is another one", async () => {
  await publisher.push(OTHER);
  const { bundle } = await isLive(1);
  assert.equal(bundle, nameOf(OTHER).slice(0, 12));
  bucket.log.length = 0;
  for (let time = 0; time < 5; time += 1) {
    await visit();
    await pause(50);
  }
  assert.ok(bucket.log.length >= 3, "nobody asked");
  assert.deepEqual([...new Set(bucket.log)], ["/shop/live.json 304"]);
  await publisher.push(BUILT_IN);
  assert.equal((await isLive(2)).bundle, nameOf(BUILT_IN).slice(0, 12));
});

test("a bundle that was live before is not loaded a second time", async () => {
  bucket.log.length = 0;
  await publisher.push(OTHER);
  await isLive(publisher.sequence);
  assert.deepEqual(bucket.log.filter((line) => line.includes("bundles/")), []);
});

for (const [trouble, fault] of [
  ["answers 500", /status 500/],
  ["answers 403", /status 403/],
  ["answers without an end", /more than 65536 bytes/],
  ["breaks off", /./],
  ["resets the connection", /./],
  ["hangs", /within 5 s/],
  ["trickles", /within 5 s/],
]) {
  test(`a bucket that ${trouble} costs nobody anything: the last good bundle stays, nobody waits, it is told`, async () => {
    const before = publisher.sequence;
    await isLive(before);
    await faults();
    bucket.trouble = trouble;
    let told = [];
    const { ms } = await until(async (seen) => {
      assert.equal(seen.release, before);
      assert.ok(seen.ms < AT_ONCE_MS, `a visitor waited for ${seen.ms} ms`);
      return true;
    }, "the last good bundle");
    assert.ok(ms < AT_ONCE_MS);
    for (const end = Date.now() + 8_000; told.length === 0 && Date.now() < end; await pause(50)) {
      const seen = await visit();
      assert.equal(seen.release, before);
      assert.ok(seen.ms < AT_ONCE_MS, `a visitor waited for ${seen.ms} ms`);
      told = (await faults()).filter(({ kind }) => kind === "store");
    }
    assert.match(told[0]?.message ?? "nothing", fault);
    bucket.trouble = undefined;
    await publisher.push(publisher.sequence % 2 ? BUILT_IN : OTHER);
    await isLive(publisher.sequence);
  });
}

test("a bucket that answers garbage is refused, and believed again afterwards", async () => {
  const before = publisher.sequence;
  await isLive(before);
  bucket.trouble = "answers garbage";
  const { release } = await until(({ refused }) => refused === "not-a-release", "the garbage is refused");
  assert.equal(release, before);
  bucket.trouble = undefined;
  await until(({ refused }) => !refused, "the release that was live is believed again");
});

test("a URL that cannot be a bucket's is noticed at once", async () => {
  for (const url of ["http://bucket.example/", "bucket", "ftp://bucket.example/"]) {
    const another = await startWorker({ origin: origin.url, vars: { FOOTLIGHT_BUNDLES: url } });
    const { status, text } = await get(`${another.url}/`);
    await another.stop();
    assert.equal(status, 500);
    assert.match(text, /FOOTLIGHT_BUNDLES must be the HTTPS URL/);
  }
});
