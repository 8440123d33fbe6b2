// Pushes while visitors are there: nobody loses a page, nobody gets one of two bundles, all see the new one in time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { pieces, startOrigin } from "./harness/origin.js";
import { nameOf, Publisher, putInto, rewritten } from "./harness/release.js";
import { startWorker } from "./harness/worker.js";

const OLD = readFileSync(new URL("../../dist/sharedstage.footlight", import.meta.url));
const NEW = rewritten(OLD, ["Prices in ", "Prizes in "], ["Shop with ", "Ship with "]);
/** What each shows, at the beginning of the page and at its end. */
const SHOWN = new Map([
  [nameOf(OLD).slice(0, 12), ["Prices in EUR", "Shop with ios"]],
  [nameOf(NEW).slice(0, 12), ["Prizes in EUR", "Ship with ios"]],
]);

const REQUESTS_PER_SECOND = 200;
const PUSHES = 6;
const INTERVAL_SECONDS = 1;
/** What may come on top of it: the look at the store, and a page that takes its time. */
const MOST_LATER_MS = 500;
const PHONE = { "x-country": "DE", "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1" };
/** A page that is on its way for longer than it takes to change what is live. */
const PAGE = [[0, '<html><body><div id="hero">Hello</div>'], [80, '<p data-footlight-slot="note"></p></body></html>']];

let origin, worker;

before(async () => {
  origin = await startOrigin({ "/": pieces(PAGE, { "cache-control": "no-store" }) });
  const vars = { FOOTLIGHT_REFRESH_SECONDS: String(INTERVAL_SECONDS) };
  worker = await startWorker({ script: "tests/e2e/shared-worker.js", origin: origin.url, vars });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

test(`${PUSHES} pushes under ${REQUESTS_PER_SECOND} requests a second`, async (context) => {
  const publisher = new Publisher(await putInto(worker), "sharedstage");
  await publisher.push(OLD);
  await get(`${worker.url}/`, { headers: PHONE });
  await new Promise((resolve) => setTimeout(resolve, 300));

  const visits = [];
  /** When each release was seen first. */
  const seen = new Map();
  const visit = async () => {
    const began = performance.now();
    const { status, headers, text, failed } = await get(`${worker.url}/`, { headers: PHONE });
    const [, bundle, release] = /^personalized; bundle=(\w+); release=(\d+)$/.exec(headers["footlight-status"]) ?? [];
    if (!seen.has(Number(release))) seen.set(Number(release), performance.now());
    return { status, failed, bundle, text, began, release: Number(release) };
  };
  const start = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / 1000) * REQUESTS_PER_SECOND;
    while (visits.length < due) visits.push(visit());
  }, 5);
  const pushed = [];
  for (let push = 0; push < PUSHES; push += 1) {
    await publisher.push(push % 2 ? OLD : NEW);
    pushed.push([publisher.sequence, performance.now()]);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_SECONDS * 1000 + 700));
  }
  clearInterval(timer);
  const all = await Promise.all(visits);

  for (const { status, failed, bundle, text } of all) {
    assert.deepEqual([status, failed], [200, undefined]);
    const [hero, note] = SHOWN.get(bundle) ?? [];
    assert.equal(text, `<html><body><div id="hero">${hero}</div><p data-footlight-slot="note">${note}</p></body></html>`);
  }
  const delays = pushed.map(([release, at]) => Math.round(seen.get(release) - at));
  const perSecond = Math.round(all.length / ((all.at(-1).began - all[0].began) / 1000));
  context.diagnostic(`${all.length} requests, ${perSecond} a second; push to first page: ${delays.join(", ")} ms`);
  assert.ok(perSecond > 0.9 * REQUESTS_PER_SECOND, `only ${perSecond} requests a second`);
  for (const delay of delays) assert.ok(delay < INTERVAL_SECONDS * 1000 + MOST_LATER_MS, `a push was seen after ${delay} ms`);
  const faults = (await worker.events()).filter(({ type }) => type === "fault");
  assert.deepEqual(faults, []);
});
