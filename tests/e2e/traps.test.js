import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { get } from "./harness/http.js";
import { body, pieces, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const SWITZERLAND = { "x-country": "CH" };
const PARTS = [
  '<html><body><span data-footlight-slot="price" data-amount="100">100,00 €</span><span cla',
  'ss="x" data-footlight-slot="price" data-amount="200">200,00 €</span><p>end</p>',
];
const PAGE = PARTS.join("");
const FIRST_EDITED = PAGE.replace("100,00 €", "CHF\u00a094.30");
const EDITED = FIRST_EDITED.replace("200,00 €", "CHF\u00a0188.60");

let origin, worker;

const PRODUCT = '<html><head><title>x</title></head><body><p data-footlight-slot="stock"></p><i data-stock="3"></i></body></html>';

before(async () => {
  origin = await startOrigin({
    "/p/few": body(PRODUCT),
    "/p/slow": pieces([[60, PRODUCT]]),
    "/": (request, response) => {
      const page = request.headers["x-page"] === "parts" ? pieces(PARTS.map((part) => [60, part])) : body(PAGE, { etag: '"1"' });
      page(request, response);
    },
  });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const visit = (headers = {}) => get(`${worker.url}/`, { headers: { ...SWITZERLAND, ...headers } });
const faults = (events) => events.filter(({ type }) => type === "fault").map(({ kind }) => kind);

for (const [what, when] of [["the decision", "decide"], ["the first chunk", "0"]]) {
  test(`a trap in ${what} leaves the page and its headers as they came`, async () => {
    await worker.events();
    const { headers, text } = await visit({ "x-test-trap": when });
    assert.equal(text, PAGE);
    assert.equal(headers["footlight-status"], "fault; kind=trap");
    assert.equal(headers.etag, '"1"');
    assert.equal(headers["set-cookie"], undefined);
    const events = await worker.events();
    assert.deepEqual(faults(events), ["trap"]);
    assert.equal(events.length, 1, "what was not shown was counted");

    const next = await visit();
    assert.equal(next.text, EDITED);
    assert.match(next.headers["footlight-status"], /^personalized/);
  });
}

test("a trap in reading what a page says of itself leaves the page as it came", async () => {
  await worker.events();
  const few = (headers) => get(`${worker.url}/p/few`, { headers: { "x-country": "DE", ...headers } });
  const { failed, text, headers } = await few({ "x-test-trap": "probe" });
  assert.deepEqual([failed, text, headers["footlight-status"]], [undefined, PRODUCT, "fault; kind=trap"]);
  assert.deepEqual(faults(await worker.events()), ["trap"]);
  assert.match((await few()).text, /Only 3 left/);
});

test("a page that waits to be read when another one traps arrives whole", async () => {
  const waiting = get(`${worker.url}/p/slow`, { headers: { "x-country": "DE" } });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await visit({ "x-test-trap": "0" });
  const { failed, text } = await waiting;
  assert.deepEqual([failed, text], [undefined, PRODUCT]);
  assert.equal((await visit()).text, EDITED, "the next request is not fine");
});

test("a trap in the middle of a tag, with edits already on their way, loses no byte", async () => {
  await worker.events();
  const { text, failed } = await visit({ "x-test-trap": String(Buffer.byteLength(PARTS[0])), "x-page": "parts" });
  assert.equal(failed, undefined);
  assert.equal(text, FIRST_EDITED);
  assert.deepEqual(faults(await worker.events()), ["trap"]);
  assert.equal((await visit()).text, EDITED, "the next request is not fine");
});

test("pages that are on their way when another one traps arrive whole", async () => {
  const others = Promise.all(Array.from({ length: 5 }, () => visit({ "x-page": "parts" })));
  await new Promise((resolve) => setTimeout(resolve, 90));
  await visit({ "x-test-trap": "0" });
  for (const { text, failed } of await others) {
    assert.equal(failed, undefined);
    assert.ok([PAGE, FIRST_EDITED, EDITED].includes(text), text);
  }
  assert.equal((await visit()).text, EDITED, "the next request is not fine");
});
