// Descriptions of previews, `country:CH,device:phone`, and what the engine makes of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { takeApart } from "../../crates/edge/npm/dist/bundle-file.js";
import { Engine } from "../../crates/edge/npm/dist/engine.js";
import { compileFacts } from "../../crates/edge/npm/dist/facts.js";
import { Instance } from "../../crates/edge/npm/dist/instance.js";
import { unpackNotes } from "../../crates/edge/npm/dist/notes.js";
import { readPretence } from "../../crates/edge/npm/dist/preview-as.js";

const ROOT = new URL("../../", import.meta.url);
const instance = Instance.of(new WebAssembly.Module(readFileSync(new URL("crates/edge/npm/wasm/footlight.wasm", ROOT))));
const file = takeApart(new Uint8Array(readFileSync(new URL("dist/demo.footlight", ROOT))));
const notes = await unpackNotes(file.notes);
const engine = Engine.load(instance, file.body, notes, new Uint8Array(32));
const NOW_MS = Date.UTC(2026, 10, 20, 10);

/** The signals that the explanation of a preview tells of. */
function signals(as, path = "/") {
  const request = { headers: new Headers({ "sec-ch-ua-mobile": "?1" }), cf: { country: "DE" } };
  const packed = compileFacts(notes.facts)(request, `https://firnwald.example${path}`);
  const { explanation } = engine.report(packed, NOW_MS, readPretence(as, notes), true);
  return Object.fromEntries(explanation.signals.map(({ name, value }) => [name, value]));
}

test("a preview pretends what it says", () => {
  assert.equal(signals("device:phone")["market.id"], "'home'");
  assert.equal(signals("country:CH,device:phone")["market.id"], "'switzerland'");
  assert.equal(signals("device:phone")["visitor.visits"], "1");
  assert.equal(signals("device:phone,returning:true")["visitor.visits"], "2");
  assert.equal(signals("device:phone,consent:false")["visitor.visits"], "unknown: no consent to personalization");
});

test("a device's User-Agent is one of its class", () => {
  const of = (device) => signals(`device:${device}`, "/checkout")["device.class"];
  for (const device of ["phone", "tablet", "desktop", "other"]) assert.equal(of(device), `'${device}'`);
  // Bots see the default page, so nothing is asked of them.
  assert.deepEqual(signals("device:bot", "/checkout"), {});
});

test("times are RFC 3339", () => {
  const at = (time) => readPretence(`at:${time}`, notes).nowMs;
  assert.equal(at("2026-12-01T10:00:00Z"), Date.UTC(2026, 11, 1, 10));
  assert.equal(at("2026-12-01t10:00:00.25+01:00"), Date.UTC(2026, 11, 1, 9, 0, 0, 250));
  const wrong = ["", "2026-12-01", "2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T10:00:00"];
  for (const time of wrong) assert.throws(() => at(time), { name: "bad-preview" }, time);
});

test("what cannot be read is said in words", () => {
  for (const [as, message] of [
    ["shoe:42", "nothing to preview is called `shoe`"],
    ["country:DE,device:toaster", "`device` cannot be `toaster`"],
    ["device:constructor", "`device` cannot be `constructor`"],
    ["returning", "`returning` cannot be ``"],
    ["rule:none-such", "`rule` cannot be `none-such`"],
  ]) {
    assert.throws(() => readPretence(as, notes), { name: "bad-preview", message });
  }
});
