import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const DIST = new URL("../../dist/", import.meta.url);
const BUILT_IN = readFileSync(new URL("teststage.footlight", DIST));
/** The same site with another greeting. */
const OTHER = readFileSync(new URL("teststage-other.footlight", DIST));
const OF_ANOTHER_SITE = readFileSync(new URL("demo.footlight", DIST));

const PAGE = '<html><body><div id="hero">Hello</div></body></html>';
const KEY = generateKeyPairSync("ed25519");
const FOREIGN_KEY = generateKeyPairSync("ed25519");

const HASH_BYTES = 32;
const name = (bundle) => bundle.subarray(hashAt(bundle), hashAt(bundle) + HASH_BYTES).toString("hex");
const rawPublicKey = ({ publicKey }) => publicKey.export({ format: "jwk" }).x;

/** Where the hash begins, as `crates/core/FORMAT.md` says. */
function hashAt(bundle) {
  const bodyAt = 15 + bundle[14];
  const notesAt = bodyAt + 4 + bundle.readUInt32LE(bodyAt);
  return notesAt + 4 + bundle.readUInt32LE(notesAt);
}

/** The bundle with a signature, made here from the format's description alone. */
function signed(bundle, key) {
  const keyId = createHash("sha256").update(Buffer.from(rawPublicKey(key), "base64url")).digest().subarray(0, 8);
  const message = Buffer.concat([Buffer.from("footlight bundle v1\n"), bundle.subarray(hashAt(bundle))]);
  return Buffer.concat([bundle, keyId, sign(null, message, key.privateKey)]);
}

function altered(bundle, at) {
  const copy = Buffer.from(bundle);
  copy[at] ^= 1;
  return copy;
}

let origin, open, strict;

before(async () => {
  origin = await startOrigin({ "/": body(PAGE) });
  open = await startWorker({ origin: origin.url });
  strict = await startWorker({ origin: origin.url, vars: { FOOTLIGHT_PUBLIC_KEYS: rawPublicKey(KEY) } });
});
after(async () => {
  await open.stop();
  await strict.stop();
  origin.stop();
});

async function push(worker, bundle, id = name(bundle)) {
  const store = await worker.store();
  await store.put(`bundle:${id}`, new Uint8Array(bundle).buffer);
  await store.put("bundle:live", id);
}

/** A visit after the worker had the time to look for another bundle. */
async function visit(worker) {
  const once = () => get(`${worker.url}/`, { headers: { "x-country": "DE" } });
  await once();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return once();
}

const shows = (response) => /<div id="hero">(.*?)<\/div>/.exec(response.text)[1];
const FIRST = "<h1>Grüße nach Deutschland</h1>";
const SECOND = "<h1>Guten Tag</h1>";

test("without anything in the store the built-in bundle decides", async () => {
  const response = await visit(open);
  assert.equal(shows(response), FIRST);
  assert.equal(response.headers["footlight-status"], `personalized; bundle=${name(BUILT_IN).slice(0, 12)}`);
});

test("another bundle in the store takes over, and rolling back takes over again", async () => {
  await push(open, OTHER);
  const after = await visit(open);
  assert.equal(shows(after), SECOND);
  assert.equal(after.headers["footlight-status"], `personalized; bundle=${name(OTHER).slice(0, 12)}`);
  await push(open, BUILT_IN);
  assert.equal(shows(await visit(open)), FIRST);
});

/** The same with a length of 100 MB for its body. */
function boasting(bundle) {
  const copy = Buffer.from(bundle);
  copy.writeUInt32LE(100 << 20, 15 + bundle[14]);
  return copy;
}

const REFUSED = [
  ["cut short", OTHER.subarray(0, OTHER.length - 40), "truncated"],
  ["empty", Buffer.alloc(0), "truncated"],
  ["altered", altered(OTHER, 200), "altered"],
  ["something else", Buffer.from("<!doctype html>"), "not-a-bundle"],
  ["of a newer format", altered(OTHER, 5), "other-version"],
  ["of 100 MB, as it says itself", boasting(OTHER), "truncated"],
  ["for another site", OF_ANOTHER_SITE, "wrong-site"],
];
for (const [what, bytes, reason] of REFUSED) {
  test(`a bundle that is ${what} is refused as ${reason}, and the last good one stays`, async () => {
    await push(open, bytes, `refused-${reason}-${what.length}`);
    const response = await visit(open);
    assert.equal(shows(response), FIRST);
    assert.match(response.headers["footlight-status"], new RegExp(`^personalized; bundle=[0-9a-f]{12}; refused=${reason}$`));
    await push(open, BUILT_IN);
    assert.doesNotMatch((await visit(open)).headers["footlight-status"], /refused/);
  });
}

test("where keys are configured, only bundles that one of them signed are taken", async () => {
  for (const [bundle, reason] of [
    [OTHER, "unsigned"],
    [signed(OTHER, FOREIGN_KEY), "foreign-signature"],
    [altered(signed(OTHER, KEY), OTHER.length + 20), "bad-signature"],
    [altered(signed(OTHER, KEY), hashAt(OTHER) + 1), "bad-signature"],
    [altered(signed(OTHER, KEY), 100), "altered"],
    [signed(OTHER, KEY).subarray(0, -1), "truncated"],
  ]) {
    await push(strict, bundle, `${reason}-${bundle.length}-${bundle[hashAt(OTHER) + 1]}-${bundle[100]}`);
    const response = await visit(strict);
    assert.equal(shows(response), FIRST, reason);
    assert.match(response.headers["footlight-status"], new RegExp(`; refused=${reason}$`));
  }
  await push(strict, signed(OTHER, KEY), "signed");
  assert.equal(shows(await visit(strict)), SECOND);
});

test("the store's bundle survives a trap", async () => {
  const id = name(OTHER);
  await push(open, OTHER);
  assert.equal(shows(await visit(open)), SECOND);
  await get(`${open.url}/`, { headers: { "x-country": "DE", "x-test-trap": "0" } });
  const response = await visit(open);
  assert.equal(shows(response), SECOND);
  assert.ok(response.headers["footlight-status"].includes(id.slice(0, 12)));
});
