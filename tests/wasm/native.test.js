// The same bundle, request and time give the same decision and the same explanation, byte for byte: in the command and in
// the worker.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { takeApart } from "../../crates/edge/npm/dist/bundle-file.js";
import { Engine } from "../../crates/edge/npm/dist/engine.js";
import { Instance } from "../../crates/edge/npm/dist/instance.js";
import { unpackNotes } from "../../crates/edge/npm/dist/notes.js";
import { problems } from "./json-schema.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUNDLE = `${ROOT}dist/demo.footlight`;
const SCHEMA = JSON.parse(readFileSync(`${ROOT}crates/edge/npm/schema/report.schema.json`, "utf8"));
const COUNT = 10_000;
const SEED = Number(process.env.FOOTLIGHT_SEED ?? 1);

/** Keys of the profile cookie, as `tests/examples/decisions.rs` has them: for random visitors, and for the rules' cases. */
const KEY = new Uint8Array(32).fill(3);
const CASES_KEY = new TextEncoder().encode("a key for visits that never were");

/** A page that says what the site's rules read of pages, in the order of `[page]` in `rules/site.toml`. */
const page = ([category, price, stock]) => `<meta property="product:category" content="${category}">
<meta property="product:price:amount" content="${price}"><body><main data-stock="${stock}">`;

test(`the cases of the rules, and ${COUNT} random visitors of the demo shop (FOOTLIGHT_SEED=${SEED})`, async () => {
  const instance = Instance.of(new WebAssembly.Module(readFileSync(`${ROOT}crates/edge/npm/wasm/footlight.wasm`)));
  const file = takeApart(new Uint8Array(readFileSync(BUNDLE)));
  const notes = await unpackNotes(file.notes);
  const [engine, ofCases] = [KEY, CASES_KEY].map((key) => Engine.load(instance, file.body, notes, key));
  const example = ["run", "--quiet", "--package", "footlight-tests", "--example", "decisions", "--"];
  const args = [...example, BUNDLE, COUNT, SEED];
  const native = spawn("cargo", args.map(String), { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(native, "exit");
  const kinds = new Set();
  let cases = 0;
  let compared = 0;
  for await (const line of createInterface({ input: native.stdout })) {
    const { case: name, packed, page: facts, now, random, ...expected } = JSON.parse(line);
    const visited = name === null ? engine : ofCases;
    const probe = () => facts.some(Boolean) && visited.probe(new TextEncoder().encode(page(facts)), "text/html; charset=utf-8");
    probe();
    const summary = visited.decide(packed, now, random);
    const cookie = visited.cookie();
    probe();
    const report = JSON.stringify(visited.report(packed, now, undefined, true));
    assert.deepEqual({ cookie, report }, expected, name ?? packed);
    assert.deepEqual(problems(SCHEMA, JSON.parse(report)), [], name ?? packed);
    kinds.add(JSON.stringify(summary));
    if (name === null) compared += 1;
    else cases += 1;
  }
  assert.deepEqual(await exit, [0, null]);
  assert.equal(compared, COUNT);
  assert.ok(cases > 30, `only ${cases} cases`);
  assert.ok(kinds.size > 20, "the visitors are too much alike to say anything");
});
