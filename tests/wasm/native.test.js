// The same bundle, request and time give the same decision, byte for byte, native and in wasm.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Engine, initSync } from "../../crates/edge/npm/wasm/footlight.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUNDLE = `${ROOT}dist/demo.footlight`;
const COUNT = 10_000;
const SEED = Number(process.env.FOOTLIGHT_SEED ?? 1);

test(`${COUNT} random visitors of the demo shop (FOOTLIGHT_SEED=${SEED})`, async () => {
  initSync({ module: new WebAssembly.Module(readFileSync(`${ROOT}crates/edge/npm/wasm/footlight.wasm`)) });
  const engine = new Engine(readFileSync(BUNDLE), "", new Uint8Array(32).fill(3));
  const example = ["run", "--quiet", "--package", "footlight-tests", "--example", "decisions", "--", BUNDLE, COUNT, SEED];
  const native = spawn("cargo", example.map(String), { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(native, "exit");
  const kinds = new Set();
  let compared = 0;
  for await (const line of createInterface({ input: native.stdout })) {
    const { packed, now, random, ...expected } = JSON.parse(line);
    const summary = engine.decide(packed, now, ...random);
    const decided = { summary, cookie: engine.cookie(), report: engine.report(packed, now, undefined, true) };
    assert.deepEqual(decided, expected, packed);
    kinds.add(summary);
    compared += 1;
  }
  assert.deepEqual(await exit, [0, null]);
  assert.equal(compared, COUNT);
  assert.ok(kinds.size > 20, "the visitors are too much alike to say anything");
});
