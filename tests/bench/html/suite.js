import assert from "node:assert/strict";

import { median } from "../measure.js";
import { elsewhere, listing, withoutSlots, withSlots } from "../runtime/pages.js";
import { startWorkerd, WORKER } from "../runtime/workerd.js";
import { growth } from "./growth.js";

const PEERS = ["HTMLRewriter", "lol_html in wasm", "copy through wasm", "nothing"];
const ROUNDS = 7;
const ROUND_MS = 150;

/** Rewriting alone: the time that a page takes inside the worker. */
export async function* html() {
  const stop = await startWorkerd("html");
  const page = await listing();
  yield* compare("listing, 3 slots", page, "once");
  yield* compare("listing, 3 slots to the end", page, "to-the-end");
  yield* compare("listing, 3 slots, 240 prices", page, "prices");
  yield* compare("listing without slots", withoutSlots(page), "to-the-end");
  for (const [name, other] of elsewhere()) {
    yield* compare(`${name}, 3 slots`, withSlots(other), "once");
    yield* compare(`${name}, 3 slots to the end`, withSlots(other), "to-the-end");
    yield* compare(`${name}, attributes`, other, "elsewhere");
    yield* compare(`${name} without slots`, other, "to-the-end");
  }
  stop();
  yield* growth(page);
}

async function* compare(name, page, edits) {
  await send("load", { page: "it" }, page);
  await check(edits);
  const contestants = ["footlight", ...PEERS];
  const times = {};
  for (const contestant of contestants) {
    // Compiles what is hot, and finds out how often a round has room for.
    await run(contestant, edits, 20);
    const once = await run(contestant, edits, 10);
    times[contestant] = { repeats: Math.max(3, Math.round((ROUND_MS * 1000) / once)), found: [] };
  }
  // In turns, so that whatever else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contestant of contestants) {
      times[contestant].found.push(await run(contestant, edits, times[contestant].repeats));
    }
  }
  const [ours, ...theirs] = contestants.map((contestant) => median(times[contestant].found));
  for (const [index, peer] of PEERS.entries()) yield { case: name, peer, ours, theirs: theirs[index], unit: "µs" };
}

/** All make the same page, apart from how they write amounts. */
async function check(edits) {
  const shown = {};
  for (const contestant of ["footlight", ...PEERS]) {
    shown[contestant] = (await send("show", { page: "it", contestant, edits })).replaceAll(/CHF[\s\d.]+/g, "CHF");
  }
  for (const peer of ["HTMLRewriter", "lol_html in wasm"]) {
    const at = [...shown[peer]].findIndex((character, index) => character !== shown.footlight[index]);
    assert.ok(shown.footlight === shown[peer], `${peer} differs: ${shown[peer].slice(at - 40, at + 80)}`);
  }
}

/** Microseconds a page. */
async function run(contestant, edits, times) {
  const start = performance.now();
  await send("run", { page: "it", contestant, edits, times });
  return ((performance.now() - start) * 1000) / times;
}

async function send(path, query, body) {
  const response = await fetch(`http://${WORKER}/${path}?${new URLSearchParams(query)}`, { method: body ? "POST" : "GET", body });
  assert.equal(response.status, 200, await response.clone().text());
  return response.text();
}
