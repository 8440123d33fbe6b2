// The proof of cache safety: two visitors never get each other's page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { startWorker } from "./harness/worker.js";

const PAIRS = Number(process.env.FOOTLIGHT_PAIRS ?? 100_000);
const SEED = Number(process.env.FOOTLIGHT_SEED ?? Date.now() % 1_000_000);
/** So many in one request to the worker. */
const BATCH = 1_000;

let worker;
before(async () => (worker = await startWorker({ script: "tests/e2e/proof/worker.js", origin: "", kv: false })));
after(() => worker.stop());

async function run(parameters) {
  const { status, text } = await get(`${worker.url}/?${new URLSearchParams(parameters)}`);
  assert.equal(status, 200, text);
  return JSON.parse(text);
}

test(`two visitors never get each other's page: ${PAIRS} random pairs`, async (context) => {
  const total = { pairs: 0, differing: 0, personalized: 0, stored: 0, hits: 0 };
  const start = performance.now();
  for (let seed = SEED; total.pairs < PAIRS; seed += 1) {
    const { wrong, examples, ...counts } = await run({ pairs: BATCH, seed });
    assert.equal(wrong, 0, `seed ${seed}: ${JSON.stringify(examples, null, 2)}`);
    for (const name of Object.keys(total)) total[name] += counts[name];
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  context.diagnostic(`${JSON.stringify(total)} in ${seconds} s, from seed ${SEED}`);
  assert.ok(total.hits > total.pairs / 10, "hardly anything came from the cache, which proves nothing");
  assert.ok(total.differing > total.pairs / 10, "hardly any visitors should get different pages, which proves nothing");
});

/** Stages by how many signals are in their keys; and the signals, in their order. A bot gets no page that is shared. */
const KEYS = [
  ["pre-entry", [undefined, "geo.country", "consent.marketing", "consent.gpc"]],
  ["homepage", ["traffic.referrer", "language.tag", "device.class", "device.os", "market.id"]],
  ["category", [undefined, "network.save_data", "market.id"]],
];
for (const [stage, signals] of KEYS) {
  for (const [without, signal] of signals.entries()) {
    if (!signal) continue;
    test(`without ${signal} in the key of the stage ${stage}, they do`, async () => {
      const { wrong, examples } = await run({ pairs: BATCH, seed: 1, signals: signals.length, without });
      assert.ok(wrong > 0, "the proof above would not have seen it");
      assert.equal(examples[0].what, "the page");
    });
  }
}
