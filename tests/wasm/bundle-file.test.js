import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { checkHash, takeApart } from "../../crates/edge/npm/dist/bundle-file.js";

const BUNDLE = new Uint8Array(readFileSync(new URL("../../dist/demo.footlight", import.meta.url)));

const REFUSALS = ["not-a-bundle", "other-version", "truncated", "trailing-bytes", "too-large", "altered"];

/** Why a bundle's file is refused; undefined when it is whole. */
async function refusal(bytes) {
  try {
    await checkHash(takeApart(bytes));
    return undefined;
  } catch (error) {
    assert.ok(REFUSALS.includes(error.name), String(error));
    return error.name;
  }
}

test("a bundle's file that is whole is taken, with a signature or without", async () => {
  assert.equal(await refusal(BUNDLE), undefined);
  assert.equal(await refusal(new Uint8Array([...BUNDLE, ...new Uint8Array(72)])), undefined);
});

test("a bundle's file is refused when it is cut anywhere", async () => {
  for (let length = 0; length < BUNDLE.length; length += 1) {
    assert.equal(await refusal(BUNDLE.subarray(0, length)), "truncated", `${length} bytes`);
  }
});

test("a bundle's file is refused when any bit of it is another", async () => {
  for (let at = 0; at < BUNDLE.length; at += 1) {
    const changed = BUNDLE.slice();
    changed[at] ^= 1 << (at % 8);
    assert.notEqual(await refusal(changed), undefined, `byte ${at}`);
  }
});

test("a bundle's file is refused when it is longer than it says, or too long", async () => {
  assert.equal(await refusal(new Uint8Array([...BUNDLE, 0])), "truncated");
  assert.equal(await refusal(new Uint8Array([...BUNDLE, ...new Uint8Array(73)])), "trailing-bytes");
  assert.equal(await refusal(new Uint8Array((16 << 20) + 1)), "too-large");
});
