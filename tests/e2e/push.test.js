// Pushes while visitors are there: nobody loses a page, nobody gets one of two bundles, all see the new one in time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { pieces, startOrigin } from "./harness/origin.js";
import { nameOf, Publisher, putInto, rewritten } from "./harness/release.js";
import { startWorker } from "./harness/worker.js";

const OLD = readFileSync(new URL("../../dist/sharedstage.footlight", import.meta.url));
const NEW = rewritten(OLD, ["Prices in ", "Prizes in "], ["Shop with ", "Ship with "], ["Only ", "Just "]);
/** What each shows, at the beginning of a page and at its end; and in a page that is read before it is decided. */
const SHOWN = new Map([
  [nameOf(OLD).slice(0, 12), ["Prices in EUR", "Shop with ios", "Only 3 left for home"]],
  [nameOf(NEW).slice(0, 12), ["Prizes in EUR", "Ship with ios", "Just 3 left for home"]],
]);

const REQUESTS_PER_SECOND = 200;
const PUSHES = 6;
const INTERVAL_SECONDS = 1;
/** What may come on top of it: the look at the store, and a page that takes its time. */
const MOST_LATER_MS = 500;
const PHONE = { "x-country": "DE", "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1" };
/** Pages that are on their way for longer than it takes to change what is live. */
const PAGES = {
  "/": [[0, '<html><body><div id="hero">Hello</div>'], [80, '<p data-footlight-slot="note"></p></body></html>']],
  "/orders/1": [[80, '<html><body data-stock="3"><p data-footlight-slot="note"></p></body></html>']],
};
/** What a bundle makes of them. */
const MADE = {
  "/": ([hero, note]) => `<html><body><div id="hero">${hero}</div><p data-footlight-slot="note">${note}</p></body></html>`,
  "/orders/1": ([, , note]) => `<html><body data-stock="3"><p data-footlight-slot="note">${note}</p></body></html>`,
};

let origin, worker;

before(async () => {
  const page = ([path, parts]) => [path, pieces(parts, { "cache-control": "no-store" })];
  origin = await startOrigin(Object.fromEntries(Object.entries(PAGES).map(page)));
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
    const path = visits.length % 2 ? "/" : "/orders/1";
    const { status, headers, text, failed } = await get(worker.url + path, { headers: PHONE });
    const [, bundle, release] = /^personalized; bundle=(\w+); release=(\d+)$/.exec(headers["footlight-status"]) ?? [];
    if (!seen.has(Number(release))) seen.set(Number(release), performance.now());
    return { path, status, failed, bundle, text, began };
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

  for (const { path, status, failed, bundle, text } of all) {
    assert.deepEqual([status, failed], [200, undefined]);
    assert.equal(text, MADE[path](SHOWN.get(bundle) ?? []));
  }
  const delays = pushed.map(([release, at]) => Math.round(seen.get(release) - at));
  const perSecond = Math.round(all.length / ((all.at(-1).began - all[0].began) / 1000));
  context.diagnostic(`${all.length} requests, ${perSecond} a second; push to first page: ${delays.join(", ")} ms`);
  assert.ok(perSecond > 0.9 * REQUESTS_PER_SECOND, `only ${perSecond} requests a second`);
  for (const delay of delays) assert.ok(delay < INTERVAL_SECONDS * 1000 + MOST_LATER_MS, `a push was seen after ${delay} ms`);
  const faults = (await worker.events()).filter(({ type }) => type === "fault");
  assert.deepEqual(faults, []);
});
